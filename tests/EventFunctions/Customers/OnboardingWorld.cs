using Azure.Messaging.ServiceBus;
using EventFunctions.Customers.Onboarding;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Tests.Publishing;
using EventFunctions.Tests.Saga;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace EventFunctions.Tests.Customers;

/// <summary>The app with a clock that the tests move, the engine's included.</summary>
internal sealed class OnboardingWorld : IAsyncDisposable
{
    public static readonly CustomerId Ada = new("ada");
    public static readonly Email Mailbox = new("ada@example.com");

    public OnboardingWorld() => Saga = new SagaWorld(Clock);

    public ManualTimeProvider Clock { get; } = new();

    public SagaWorld Saga { get; }

    private IAggregateRepository<Customer, CustomerEvent> Customers => Saga.Get<IAggregateRepository<Customer, CustomerEvent>>();

    /// <summary>Sends a command to Ada's account.</summary>
    public async Task SendAsync(CustomerCommand command) => Assert.IsType<CommandResult<Customer>.Committed>(await Customers.ExecuteAsync(
        Customer.StreamOf(Ada),
        new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1")),
        c => CustomerDecider.Decide(c, command, Clock.GetUtcNow())));

    public Task RegisterAsync(string language = "en") =>
        SendAsync(new RegisterCustomer(Ada, new PersonName("Ada"), Mailbox, new CustomerPreferences(new LanguageTag(language), false, new ContactChannels(true, false))));

    /// <summary>Hands the newest event of Ada's account to a function, as the bus would.</summary>
    public async Task DeliverAsync<TFunction>(Func<TFunction, ServiceBusReceivedMessage, ServiceBusMessageActions, Task> handle)
    {
        var envelope = (await Saga.EventsAsync(Customer.StreamOf(Ada)))[^1];
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromObjectAsJson(EventSamples.Serializer.Write(envelope), EventJson.Options), messageId: envelope.EventId.ToString());
        await using var scope = Saga.Services.CreateAsyncScope();
        await handle(ActivatorUtilities.CreateInstance<TFunction>(scope.ServiceProvider), message, Mock.Of<ServiceBusMessageActions>());
    }

    public Task StartAsync() => DeliverAsync<StartOnboarding>((f, m, a) => f.RunAsync(m, a, Saga.Client, CancellationToken.None));

    public Task TellAsync() => DeliverAsync<EndOnboarding>((f, m, a) => f.RunAsync(m, a, Saga.Client, CancellationToken.None));

    /// <summary>Waits until the onboarding is in a state.</summary>
    public Task ReachesAsync(OnboardingState state) => Eventually.HoldsAsync(() => IsAsync(state), $"the onboarding is {state}");

    public async Task<bool> IsAsync(OnboardingState state) =>
        (await InstanceAsync())?.ReadCustomStatusAs<OnboardingStatus>()?.State == state.ToString();

    /// <summary>Moves the clock in steps until the onboarding is in a state: timers are set while it moves.</summary>
    public async Task AdvanceUntilAsync(OnboardingState state, TimeSpan atMost)
    {
        var step = TimeSpan.FromHours(1);
        for (var moved = TimeSpan.Zero; moved < atMost; moved += step)
        {
            await SettleAsync();
            if (await IsAsync(state))
            {
                return;
            }

            Clock.Advance(step);
        }

        await ReachesAsync(state);
    }

    public async Task<OnboardingStatus> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        var saga = await Saga.Client.WaitForInstanceCompletionAsync(OnboardingTrace.InstanceOf(Ada, null), getInputsAndOutputs: true, deadline.Token);
        Assert.True(saga.RuntimeStatus == OrchestrationRuntimeStatus.Completed, saga.FailureDetails?.ToString());
        return saga.ReadOutputAs<OnboardingStatus>()!;
    }

    public async Task<Customer> AccountAsync() => (await Customers.LoadAsync(Customer.StreamOf(Ada))).State;

    public ValueTask DisposeAsync() => Saga.DisposeAsync();

    private Task<OrchestrationMetadata?> InstanceAsync() =>
        Saga.Client.GetInstanceAsync(OnboardingTrace.InstanceOf(Ada, null), getInputsAndOutputs: true);

    /// <summary>Waits until a mail is sent and the next timer is set, or everything has ended.</summary>
    private Task SettleAsync() => Eventually.HoldsAsync(
        async () => await InstanceAsync() is { } saga
            && (saga.IsCompleted || (Clock.PendingTimers > 0 && saga.ReadCustomStatusAs<OnboardingStatus>()?.State is nameof(OnboardingState.Invited)
                or nameof(OnboardingState.Reminded) or nameof(OnboardingState.RemindedAgain))),
        "the onboarding waits or has ended");
}
