using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>Compiles a method once, so that an invocation costs a delegate call and no reflection.</summary>
internal static class MethodCompiler
{
    public static CompiledMethod Compile(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object), "instance");
        var arguments = Expression.Parameter(typeof(object[]), "arguments");
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, index) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType)));
        return Expression.Lambda<CompiledMethod>(ToTask(call, method.ReturnType), instance, arguments).Compile();
    }

    /// <summary>Creates instances of the method's class from an invocation's services; null for a static method.</summary>
    public static Func<IServiceProvider, object>? Activator(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return null;
        }

        var factory = ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes);
        return services => factory(services, null);
    }

    public static Func<object, object?> Getter(PropertyInfo property)
    {
        var instance = Expression.Parameter(typeof(object), "instance");
        var value = Expression.Property(Expression.Convert(instance, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), instance).Compile();
    }

    /// <summary>The type of a method's result once it is awaited; void where there is none.</summary>
    public static Type ResultType(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return typeof(void);
        }

        return IsGenericTask(type) ? type.GetGenericArguments()[0] : type;
    }

    private static Expression ToTask(Expression call, Type type)
    {
        if (type == typeof(void))
        {
            return Expression.Block(call, Expression.Constant(Task.FromResult<object?>(null)));
        }

        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return Expression.Call(Adapter(type == typeof(Task) ? nameof(FromTaskAsync) : nameof(FromValueTaskAsync)), call);
        }

        if (IsGenericTask(type))
        {
            var name = type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(FromTaskOfAsync) : nameof(FromValueTaskOfAsync);
            return Expression.Call(Adapter(name).MakeGenericMethod(type.GetGenericArguments()[0]), call);
        }

        return Expression.Call(Adapter(nameof(FromValue)), Expression.Convert(call, typeof(object)));
    }

    private static bool IsGenericTask(Type type) =>
        type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static MethodInfo Adapter(string name) =>
        typeof(MethodCompiler).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static Task<object?> FromValue(object? value) => Task.FromResult(value);

    private static async Task<object?> FromTaskAsync(Task task)
    {
        await task;
        return null;
    }

    private static async Task<object?> FromValueTaskAsync(ValueTask task)
    {
        await task;
        return null;
    }

    private static async Task<object?> FromTaskOfAsync<T>(Task<T> task) => await task;

    private static async Task<object?> FromValueTaskOfAsync<T>(ValueTask<T> task) => await task;
}
