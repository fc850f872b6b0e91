using EventFunctions.Customers.Onboarding;
using EventFunctions.Domain.Customers;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Local.DurableTask;
using EventFunctions.Tests.Customers;
using EventFunctions.Tests.Replenishment;

namespace EventFunctions.Tests.Simulation;

/// <summary>The ways of a customer's onboarding and of a product's replenishment.</summary>
internal static class OtherPaths
{
    private static readonly TimeSpan LongerThanAnything = TimeSpan.FromDays(30);

    /// <summary>Keeps a history of each.</summary>
    public static async Task KeepAsync()
    {
        await OnboardAsync("onboarding-verified", world => VerifyAsync(world, OnboardingState.Invited));
        await OnboardAsync("onboarding-verified-after-reminders", world => VerifyAsync(world, OnboardingState.RemindedAgain));
        await OnboardAsync("onboarding-expired", world => world.AdvanceUntilAsync(OnboardingState.Expired, LongerThanAnything));
        await ReplenishAsync("replenishment-delivered", async (world, trace) =>
        {
            await world.ReachesAsync(trace, ReplenishmentState.Ordered);
            await world.ConfirmAsync(trace, 25);
        });
        await ReplenishAsync("replenishment-escalated", async (world, trace) =>
        {
            await world.ReachesAsync(trace, ReplenishmentState.Ordered);
            await world.WaitsUntilAsync(trace, ReplenishmentState.Escalated, TimeSpan.FromHours(1));
            await world.ConfirmAsync(trace, 20, "operator:1");
        });
        await ReplenishAsync("replenishment-refused", async (world, trace) =>
        {
            await world.ReachesAsync(trace, ReplenishmentState.Escalated);
            await world.TellAsync(trace, new ReplenishmentAnswer("operator:1", ReplenishmentTrigger.ClosedByOperator, Reason: "Not sold any more."));
        }, refuses: true);
    }

    private static async Task OnboardAsync(string name, Func<OnboardingWorld, Task> live)
    {
        await using var world = new OnboardingWorld();
        await world.RegisterAsync();
        await world.Saga.Engine.StartAsync(CancellationToken.None);
        await world.StartAsync();
        await live(world);
        await world.EndAsync();
        Keep(name, world.Saga.Engine, OnboardingTrace.InstanceOf(OnboardingWorld.Ada, null));
    }

    private static async Task VerifyAsync(OnboardingWorld world, OnboardingState when)
    {
        await world.AdvanceUntilAsync(when, LongerThanAnything);
        await world.SendAsync(new ConfirmAddress(1));
        await world.TellAsync();
    }

    private static async Task ReplenishAsync(string name, Func<ReplenishmentWorld, ReplenishmentTrace, Task> live, bool refuses = false)
    {
        await using var world = new ReplenishmentWorld();
        world.Supplier.Refuses = refuses;
        var trace = await world.StartAsync();
        await world.BeginAsync(trace);
        await live(world, trace);
        await world.EndAsync(trace);
        Keep(name, world.Saga.Engine, trace.InstanceId);
    }

    private static void Keep(string name, DurableTaskEngine engine, string instanceId)
    {
        var history = engine.GetHistory(instanceId);
        var started = history.OfType<HistoryEvent.ExecutionStarted>().Single();
        GoldenHistory.Keep(name, history.Aggregate(InstanceState.Scheduled(instanceId, started), (state, happened) => state.Apply(happened)), history);
    }
}
