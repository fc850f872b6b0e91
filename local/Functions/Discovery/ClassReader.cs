using System.Reflection;
using EventFunctions.Local.Functions.Binding;
using EventFunctions.Local.Functions.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>
/// Turns a class with <see cref="DurableTaskAttribute"/> into a function. On Azure the source generator of
/// Microsoft.DurableTask.Generators declares a method for each such class; here the class itself is found.
/// </summary>
internal static class ClassReader
{
    /// <summary>The name of the function that a class is.</summary>
    public static string NameOf(Type type) =>
        type.GetCustomAttribute<DurableTaskAttribute>() is { Name.Name: { Length: > 0 } name } ? name : type.Name;

    /// <summary>Reads a class; null where it can't run, which is then reported.</summary>
    public static Function? Read(Type type, FunctionSettings settings)
    {
        var (kind, method) = KindOf(type);
        var problem = kind switch
        {
            _ when type.GetCustomAttribute<DurableTaskAttribute>()!.Version is { Length: > 0 } version =>
                $"its class {type.Name} asks for version '{version}'. Leave the version out, and branch on the context's in one class.",
            _ when type.IsAbstract || !type.IsVisible => $"its class {type.Name} is abstract or not public. Make it a public class that can be created.",
            null => $"its class {type.Name} is neither orchestrator nor activity. Derive it from TaskOrchestrator<TInput, TOutput> or "
                + "TaskActivity<TInput, TOutput>.",
            _ => null,
        };
        if (problem is not null)
        {
            settings.Problem(problem);
            return null;
        }

        var name = NameOf(type);
        Trigger trigger = kind == typeof(TaskOrchestrator<,>) ? new Trigger.Orchestration(name) : new Trigger.Activity(name);
        var (context, input) = (method!.GetParameters()[0], method.GetParameters()[1]);
        var factory = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
        return new Function(
            name,
            trigger,
            new LocalFunctionDefinition(name, method, [new LocalBindingMetadata(context.Name!, trigger.BindingType, BindingDirection.In)], []),
            trigger is Trigger.Orchestration
                ? [new BoundParameter(context.Name!, DurableParameters.Orchestration(context, true)!), new BoundParameter(input.Name!, DurableParameters.Input(input))]
                : [new BoundParameter(context.Name!, ClassActivityContext.Bind(name)), new BoundParameter(input.Name!, DurableParameters.Activity(input, true)!)],
            [],
            MethodCompiler.Compile(method),
            services => factory(services, null),
            Retry: null);
    }

    /// <summary>The generic class that a class derives from, and the method that overrides what that one declares.</summary>
    private static (Type? Kind, MethodInfo? Method) KindOf(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() is var kind
                && (kind == typeof(TaskOrchestrator<,>) || kind == typeof(TaskActivity<,>)))
            {
                Type[] parameters =
                    [kind == typeof(TaskOrchestrator<,>) ? typeof(TaskOrchestrationContext) : typeof(TaskActivityContext), ancestor.GetGenericArguments()[0]];
                return (kind, type.GetMethod("RunAsync", parameters));
            }
        }

        return (null, null);
    }
}
