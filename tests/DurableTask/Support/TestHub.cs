using EventFunctions.Local.Journal;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>An engine on a manual clock, and shorthand for what tests do with it.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private TestHub(DurableTaskEngineOptions options, ILoggerFactory loggerFactory, IHubLog log)
    {
        Options = options;
        Engine = new DurableTaskEngine(Code, options, Clock, loggerFactory, log);
    }

    private TestHub(DurableTaskEngine engine, TestDispatcher code, ManualTimeProvider clock, DurableTaskEngineOptions options) =>
        (Engine, Code, Clock, Options) = (engine, code, clock, options);

    public ManualTimeProvider Clock { get; } = new();

    public DurableTaskEngineOptions Options { get; }

    public TestDispatcher Code { get; } = new();

    public DurableTaskEngine Engine { get; }

    public DurableTaskClient Client => Engine.Client;

    public static async Task<TestHub> StartAsync(
        DurableTaskEngineOptions? options = null, ILoggerFactory? loggerFactory = null, IHubLog? log = null)
    {
        var hub = new TestHub(
            options ?? new DurableTaskEngineOptions(), loggerFactory ?? NullLoggerFactory.Instance, log ?? new EphemeralHubLog());
        await hub.Engine.StartAsync(CancellationToken.None);
        return hub;
    }

    /// <summary>Opens the hub of a disk, which is not started.</summary>
    public static async Task<TestHub> OpenAsync(
        SimulatedDisk disk,
        ManualTimeProvider clock,
        ILoggerFactory? loggerFactory = null,
        JournalOptions? journal = null,
        DurableTaskEngineOptions? options = null)
    {
        var code = new TestDispatcher();
        options ??= new DurableTaskEngineOptions();
        var engine = await DurableTaskEngine.OpenAsync(
            disk.Open(),
            journal ?? new JournalOptions(),
            code,
            options,
            clock,
            loggerFactory ?? NullLoggerFactory.Instance,
            CancellationToken.None);
        return new TestHub(engine, code, clock, options);
    }

    public TestHub Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> code)
    {
        Code.Orchestrator(name, async context => await code(context));
        return this;
    }

    public TestHub Activity<TIn, TOut>(string name, Func<TIn?, TOut> code)
    {
        Code.Activity(name, (call, _) => Task.FromResult<object?>(code(JsonDataConverter.Default.Deserialize<TIn>(call.SerializedInput))));
        return this;
    }

    /// <summary>An activity that returns its text input in a greeting.</summary>
    public TestHub Hello() => Activity<string, string>("Hello", name => $"Hello {name}!");

    public Task<string> ScheduleAsync(string name, object? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, id is null ? null : new StartOrchestrationOptions(id));

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null) =>
        await EndAsync(await ScheduleAsync(name, input, id));

    public async Task<OrchestrationMetadata> EndAsync(string id)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, deadline.Token);
    }

    public async Task<OrchestrationMetadata> BegunAsync(string id)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        return await Client.WaitForInstanceStartAsync(id, getInputsAndOutputs: true, deadline.Token);
    }

    /// <summary>Waits until the instance has been reported to be in a status.</summary>
    public Task IsAsync(string id, OrchestrationRuntimeStatus status) => Eventually.HoldsAsync(
        async () => (await Client.GetInstanceAsync(id))?.RuntimeStatus == status, $"'{id}' is {status}");

    /// <summary>Waits until so many timers wait, and moves the clock.</summary>
    public async Task AdvanceAsync(TimeSpan by, int whenTimers = 1)
    {
        await Eventually.HoldsAsync(() => Engine.Counts.WaitingTimers >= whenTimers, $"{whenTimers} timers wait");
        Clock.Advance(by);
    }

    /// <summary>Waits until the instance's history has so many events of a kind.</summary>
    public Task HasAsync<T>(string id, int count = 1)
        where T : HistoryEvent => Eventually.HoldsAsync(
        () => Engine.GetHistory(id).OfType<T>().Count() >= count, $"the history of '{id}' has {count} {typeof(T).Name}");

    public int Calls(string activity) => Code.Calls.Count(call => call.Name == activity);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
