using System.Collections.Concurrent;
using System.Reflection;
using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Saga;

/// <summary>Runs the app's own orchestrators and activities, found by their attributes, and lets a test get between.</summary>
internal sealed class FunctionDispatcher(IServiceProvider services) : ITaskDispatcher
{
    private static readonly Dictionary<string, TaskFunction> Activities = FunctionsWith<ActivityTriggerAttribute>();
    private static readonly Dictionary<string, TaskFunction> Orchestrators = FunctionsWith<OrchestrationTriggerAttribute>();

    /// <summary>Runs before an activity: by its name and its order, whichever orchestration of the order calls it. What it throws, the activity throws.</summary>
    public Func<string, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The result of an activity that is not run at all; <see langword="null"/> to run it.</summary>
    public Func<string, object?> Instead { get; set; } = _ => null;

    /// <summary>Told of every activity that took effect, whatever becomes of its answer.</summary>
    public Func<string, string, Task> Effect { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs after an activity has taken effect, before its result is recorded.</summary>
    public Func<string, string, Task> After { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Every call of an activity, in order.</summary>
    public ConcurrentQueue<ActivityInvocation> Invocations { get; } = [];

    public bool HasOrchestrator(string name) => Orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => Activities.ContainsKey(name);

    public async Task<object?> RunOrchestratorAsync(TaskOrchestrationContext context, CancellationToken cancellationToken)
    {
        var function = Orchestrators[context.Name];
        return await function.RunAsync(ActivatorUtilities.CreateInstance(services, function.Method.DeclaringType!), context);
    }

    public async Task<string?> RunActivityAsync(ActivityInvocation invocation, CancellationToken cancellationToken)
    {
        var function = Activities[invocation.Name];
        Invocations.Enqueue(invocation);
        var order = OrderOf(invocation);
        await Before(invocation.Name, order);
        if (Instead(invocation.Name) is { } result)
        {
            return JsonDataConverter.Default.Serialize(result);
        }

        var input = JsonDataConverter.Default.Deserialize(invocation.SerializedInput, function.Method.GetParameters()[0].ParameterType);
        using var scope = services.CreateScope();
        var activity = ActivatorUtilities.CreateInstance(scope.ServiceProvider, function.Method.DeclaringType!);
        var output = await function.RunAsync(activity, input, cancellationToken);
        await Effect(invocation.Name, order);
        await After(invocation.Name, order);
        return JsonDataConverter.Default.Serialize(output);
    }

    /// <summary>Orchestrations of an order have an id that begins with the order's.</summary>
    private static string OrderOf(ActivityInvocation invocation) => invocation.InstanceId[..Math.Min(invocation.InstanceId.Length, Guid.Empty.ToString("N").Length)];

    private static Dictionary<string, TaskFunction> FunctionsWith<TTrigger>()
        where TTrigger : Attribute => typeof(OrderSaga).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods())
            .Where(m => m.GetParameters().Any(p => p.IsDefined(typeof(TTrigger))))
            .ToDictionary(m => m.GetCustomAttribute<FunctionAttribute>()!.Name, m => new TaskFunction(m), StringComparer.OrdinalIgnoreCase);

    /// <summary>A function that returns a <see cref="Task{TResult}"/>.</summary>
    private sealed class TaskFunction(MethodInfo method)
    {
        // Once for each function: looked up with each call, it would cost more than most functions do.
        private readonly Func<Task, object?> _resultOf = typeof(TaskFunction)
            .GetMethod(nameof(ResultOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(method.ReturnType.GenericTypeArguments[0])
            .CreateDelegate<Func<Task, object?>>();

        public MethodInfo Method { get; } = method;

        public async Task<object?> RunAsync(object instance, params object?[] arguments)
        {
            var task = (Task)Method.Invoke(instance, arguments)!;
            await task;
            return _resultOf(task);
        }

        private static object? ResultOf<T>(Task task) => ((Task<T>)task).Result;
    }
}
