using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Notifications;
using EventFunctions.Sagas;
using EventFunctions.Tests.Saga;
using EventFunctions.Tests.Support;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Tests.Replenishment;

/// <summary>Replenishments on the real engine, aggregates and stores, in virtual time; the supplier and the mail are played.</summary>
internal sealed class ReplenishmentWorld : IAsyncDisposable
{
    public const int Threshold = 10;
    public static readonly ProductId Mug = new("mug");

    public ReplenishmentWorld() => Saga = new SagaWorld(before: services => services.AddSingleton<INotifier>(Mails), engineTime: Clock);

    public ManualTimeProvider Clock { get; } = new();

    public SagaWorld Saga { get; }

    public FakeSupplier Supplier => Saga.Supplier;

    public RecordedNotifier Mails { get; } = new();

    public DurableTaskClient Client => Saga.Client;

    public SupplierOptions Options => Saga.Get<IOptions<SupplierOptions>>().Value;

    /// <summary>Starts the engine with a product of which so many can be sold.</summary>
    /// <returns>What the alert of it starts; 4 pieces are low stock.</returns>
    public async Task<ReplenishmentTrace> StartAsync(int available = 4)
    {
        await Saga.Engine.StartAsync(CancellationToken.None);
        await AddAsync(available, Threshold);
        var alert = (await EventsAsync()).SingleOrDefault(e => e.Data is LowStockAlerted)
            ?? throw new InvalidOperationException($"{available} pieces are no low stock.");
        return ReplenishmentTrace.Of(alert, (LowStockAlerted)alert.Data);
    }

    /// <summary>Starts the replenishment of the alert.</summary>
    /// <returns>Whether it was started by this.</returns>
    public async Task<bool> BeginAsync(ReplenishmentTrace trace) => await Saga.Get<SagaInstances>().EnsureStartedAsync(
        Client,
        nameof(ReplenishmentSaga),
        trace.InstanceId,
        new ReplenishmentInput(trace, Options.ToReplenishmentSettings()),
        CancellationToken.None) is null;

    /// <summary>Pieces come in otherwise.</summary>
    public async Task AddAsync(int quantity, int? threshold = null) =>
        Assert.IsType<CommandResult<StockItem>.Committed>(await Saga.Get<IAggregateRepository<StockItem, StockItemEvent>>().ExecuteAsync(
            StockItem.StreamOf(Mug),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1")),
            s => StockItemDecider.Decide(s, new Replenish(Mug, new Quantity(quantity), threshold), DateTimeOffset.UnixEpoch)));

    public Task<IReadOnlyList<EventEnvelope>> EventsAsync() => Saga.EventsAsync(StockItem.StreamOf(Mug));

    public async Task<int> AvailableAsync() => (await Saga.StockAsync(Mug.Value)).Available;

    public Task TellAsync(ReplenishmentTrace trace, ReplenishmentAnswer answer) =>
        Client.RaiseEventAsync(trace.InstanceId, ReplenishmentAnswer.EventName, answer);

    public Task ConfirmAsync(ReplenishmentTrace trace, int quantity, string id = "supplier:1:confirmed") =>
        TellAsync(trace, new ReplenishmentAnswer(id, ReplenishmentTrigger.Confirmed, quantity));

    /// <summary>Waits until the replenishment is in a state, and shows it.</summary>
    public Task<ReplenishmentStatus> ReachesAsync(ReplenishmentTrace trace, string state) => Eventually.FindsAsync(
        async () => await StatusAsync(trace) is { } status && status.State == state ? status : null, $"the replenishment is {state}");

    /// <summary>Moves the clock bit by bit until the replenishment is in a state.</summary>
    /// <returns>How it is then, and how long that took.</returns>
    public async Task<(ReplenishmentStatus Status, TimeSpan Took)> WaitsUntilAsync(ReplenishmentTrace trace, string state, TimeSpan step)
    {
        var began = Clock.GetUtcNow();
        var status = await Eventually.FindsAsync(
            async () =>
            {
                if (await StatusAsync(trace) is { } now && now.State == state)
                {
                    return now;
                }

                Clock.Advance(step);
                return null;
            },
            $"the replenishment is {state} in time");
        return (status, Clock.GetUtcNow() - began);
    }

    /// <summary>How the replenishment ended.</summary>
    public async Task<ReplenishmentStatus> EndAsync(ReplenishmentTrace trace)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        var instance = await Client.WaitForInstanceCompletionAsync(trace.InstanceId, getInputsAndOutputs: true, deadline.Token);
        Assert.True(instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed, instance.FailureDetails?.ToString());
        var result = instance.ReadOutputAs<ReplenishmentStatus>()!;
        Assert.Equal(result, instance.ReadCustomStatusAs<ReplenishmentStatus>());
        return result;
    }

    public ValueTask DisposeAsync() => Saga.DisposeAsync();

    private async Task<ReplenishmentStatus?> StatusAsync(ReplenishmentTrace trace) =>
        (await Client.GetInstanceAsync(trace.InstanceId, getInputsAndOutputs: true))?.ReadCustomStatusAs<ReplenishmentStatus>();
}
