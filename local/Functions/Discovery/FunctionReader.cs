using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using EventFunctions.Local.Functions.Binding;
using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Retry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>Turns one method into a function.</summary>
internal static partial class FunctionReader
{
    private const string HttpOutput = "http";

    /// <summary>Reads a function; null where it can't run, which is then reported.</summary>
    public static Function? Read(string name, MethodInfo method, FunctionSettings settings, HostConfiguration host)
    {
        var parameters = method.GetParameters();
        var triggers = parameters.Where(p => p.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (!IsCallable(name, method, settings) || !HasOneTrigger(triggers, settings))
        {
            return null;
        }

        var attribute = triggers[0].GetCustomAttribute<TriggerBindingAttribute>()!;
        if (TriggerReader.Read(attribute, name, settings, host) is not { } trigger)
        {
            return null;
        }

        var retry = method.GetCustomAttribute<RetryAttribute>();
        if (retry is not null && trigger is not (Trigger.Cosmos or Trigger.Timer))
        {
            settings.Problem(
                $"{retry.GetType().Name} has no effect on a {trigger.BindingType}. Remove it; policies work on Cosmos DB and timer triggers.");
        }

        var outputs = ReadOutputs(method, settings);
        return new Function(
            name,
            trigger,
            Define(name, method, triggers[0], trigger, outputs),
            BindParameters(parameters, triggers[0], trigger, settings),
            outputs,
            MethodCompiler.Compile(method),
            MethodCompiler.Activator(method),
            RetryPolicy.From(retry));
    }

    private static bool IsCallable(string name, MethodInfo method, FunctionSettings settings)
    {
        var problem = method switch
        {
            _ when string.IsNullOrWhiteSpace(name) => "its name is empty. Name it in [Function].",
            _ when !ValidName().IsMatch(name) || name.Equals("host", StringComparison.OrdinalIgnoreCase) =>
                "its name is not one the platform takes. Begin with a letter, go on with letters, digits, '-' and '_' (128 at most); "
                + "'host' is taken.",
            { IsPublic: false } => $"its method {method.DeclaringType!.Name}.{method.Name} is not public. Make it so.",
            { DeclaringType.IsVisible: false } => $"its class {method.DeclaringType!.Name} is not public. Make it so.",
            { DeclaringType.IsAbstract: true, IsStatic: false } =>
                $"its class {method.DeclaringType!.Name} is abstract. Declare it in a class that can be created.",
            _ when method.ContainsGenericParameters => "it is generic. Declare it with the types it works on.",
            _ when method.ReturnType == typeof(void) && IsAsync(method) => "it is async void, so its end can't be seen. Return a Task.",
            _ when method.GetParameters().Any(p => p.ParameterType.IsByRef) => "it has a ref or out parameter. Return the value.",
            _ => null,
        };
        if (problem is not null)
        {
            settings.Problem(problem);
        }

        return problem is null;
    }

    private static bool IsAsync(MethodInfo method) =>
        method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute));

    private static bool HasOneTrigger(List<ParameterInfo> triggers, FunctionSettings settings)
    {
        if (triggers.Count != 1)
        {
            settings.Problem(triggers.Count == 0
                ? "it has no trigger. Put a trigger attribute on one parameter."
                : $"it has {triggers.Count} triggers ({string.Join(", ", triggers.Select(t => t.Name))}). Keep one.");
        }

        return triggers.Count == 1;
    }

    private static ImmutableArray<BoundParameter> BindParameters(
        ParameterInfo[] parameters, ParameterInfo triggered, Trigger trigger, FunctionSettings settings)
    {
        var rules = ParameterRules.For(trigger, parameters);
        var bound = ImmutableArray.CreateBuilder<BoundParameter>(parameters.Length);
        foreach (var parameter in parameters)
        {
            var binder = rules.Select(rule => rule(parameter, parameter == triggered)).FirstOrDefault(found => found is not null);
            if (binder is not null)
            {
                bound.Add(new BoundParameter(parameter.Name!, binder));
                continue;
            }

            settings.Problem(
                $"parameter '{parameter.Name}' of type {parameter.ParameterType} can't be bound. {ParameterRules.Remedy(trigger)}.");
        }

        return bound.ToImmutable();
    }

    private static ImmutableArray<OutputProperty> ReadOutputs(MethodInfo method, FunctionSettings settings)
    {
        var properties = MethodCompiler.ResultType(method).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        if (!properties.Any(p => p.IsDefined(typeof(OutputBindingAttribute))))
        {
            return [];
        }

        var http = properties
            .Where(p => p.IsDefined(typeof(HttpResultAttribute)) || typeof(HttpResponseData).IsAssignableFrom(p.PropertyType))
            .ToList();
        if (http.Count > 1)
        {
            settings.Problem($"its result has {http.Count} HTTP responses ({string.Join(", ", http.Select(p => p.Name))}). Keep one.");
        }

        return [.. http.Select(p => new OutputProperty(p.Name, HttpOutput, MethodCompiler.Getter(p)))];
    }

    private static LocalFunctionDefinition Define(
        string name, MethodInfo method, ParameterInfo triggered, Trigger trigger, ImmutableArray<OutputProperty> outputs)
    {
        var clients = method.GetParameters()
            .Where(p => p.IsDefined(typeof(DurableClientAttribute)))
            .Select(p => new LocalBindingMetadata(p.Name!, "durableClient", BindingDirection.In));
        var results = outputs.Select(o => new LocalBindingMetadata(o.Name, o.BindingType, BindingDirection.Out)).ToList();
        if (results.Count == 0 && trigger is Trigger.Http)
        {
            results.Add(new LocalBindingMetadata("$return", HttpOutput, BindingDirection.Out));
        }

        return new LocalFunctionDefinition(
            name, method, [new LocalBindingMetadata(triggered.Name!, trigger.BindingType, BindingDirection.In), .. clients], results);
    }

    /// <summary>The host's rule for the names of functions.</summary>
    [GeneratedRegex("^[a-z][a-z0-9_-]{0,127}\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValidName();
}
