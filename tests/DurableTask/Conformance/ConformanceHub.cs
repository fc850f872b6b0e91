using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// What the conformance cases run on. They use nothing but what the programming model declares and this class, so they can be compiled
/// against the real packages with another class of this name and be run on the real engine.
/// </summary>
internal sealed class ConformanceHub : IAsyncDisposable
{
    private readonly TestHub _hub;

    private ConformanceHub(TestHub hub) => _hub = hub;

    public DurableTaskClient Client => _hub.Client;

    public static async Task<ConformanceHub> StartAsync(Action<TaskTable> register, ILoggerFactory? loggerFactory = null)
    {
        var hub = await TestHub.StartAsync(loggerFactory: loggerFactory);
        register(new TaskTable(hub.Code));
        return new ConformanceHub(hub);
    }

    /// <summary>Starts an instance and waits for its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null) =>
        await EndAsync(await Client.ScheduleNewOrchestrationInstanceAsync(name, input));

    public Task<OrchestrationMetadata> EndAsync(string id) => _hub.EndAsync(id);

    public Task<OrchestrationMetadata> BegunAsync(string id) => _hub.BegunAsync(id);

    public Task IsAsync(string id, OrchestrationRuntimeStatus status) => _hub.IsAsync(id, status);

    /// <summary>Lets the time go by once a timer waits.</summary>
    public Task PassAsync(TimeSpan time) => _hub.AdvanceAsync(time);

    /// <summary>The time of the hub.</summary>
    public DateTimeOffset Now => _hub.Clock.GetUtcNow();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}

/// <summary>The orchestrators and activities of a case.</summary>
internal sealed class TaskTable(TestDispatcher code)
{
    public TaskTable Orchestrator<TOut>(string name, Func<TaskOrchestrationContext, Task<TOut>> run)
    {
        code.Orchestrator(name, async context => await run(context));
        return this;
    }

    public TaskTable Activity<TIn, TOut>(string name, Func<TIn?, Task<TOut>> run)
    {
        code.Activity(name, async (call, _) => await run(JsonDataConverter.Default.Deserialize<TIn>(call.SerializedInput)));
        return this;
    }

    public TaskTable Activity<TIn, TOut>(string name, Func<TIn?, TOut> run) => Activity<TIn, TOut>(name, input => Task.FromResult(run(input)));
}
