using System.Text.Json.Nodes;
using EventFunctions.Customers.Onboarding;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Saga.Resuming;
using EventFunctions.Payments.Saga;

namespace EventFunctions.Tests.Simulation;

/// <summary>
/// What instances did under code that was deployed once, the code of today has to do. <c>REWRITE_KEPT_FILES=1</c> keeps the histories of
/// ways that have none yet; see <c>docs/decisions/0012-changing-orchestrations.md</c>.
/// </summary>
public sealed class GoldenHistoryTests
{
    private readonly DurableTaskEngine _engine = ReplayingEngine.Create();

    [Fact]
    public async Task Every_way_of_every_version_has_its_history()
    {
        if (Environment.GetEnvironmentVariable(KeptFile.RewriteVariable) == "1")
        {
            foreach (var (name, version, plan) in OrderPaths.All)
            {
                ShopRun.Play(plan, version, process => Keep(process, plan.Orders[0].Id.ToString(), $"order-{version}-{name}"));
            }

            await OtherPaths.KeepAsync();
        }

        var kept = GoldenHistory.All.Select(history => history.Name).ToList();
        Assert.All(OrderPaths.All, way => Assert.Contains($"order-{way.Version}-{way.Name}", kept));
        var orchestrators = GoldenHistory.All.Select(history => history.Read()["name"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            [nameof(OnboardingSaga), nameof(OrderSaga), nameof(PaymentSaga), nameof(ReplenishmentSaga), nameof(ResumeOrderSaga)], orchestrators);
    }

    [Fact]
    public async Task The_code_does_what_every_history_says() => await EveryAsync(async (_, history) =>
        Assert.IsType<ReplayVerdict.Agrees>(await _engine.CheckReplayAsync(GoldenHistory.Parse(history))));

    [Fact]
    public async Task The_code_does_what_every_history_says_as_Azure_exports_it() => await EveryAsync(async (_, history) =>
        Assert.IsType<ReplayVerdict.Agrees>(
            await _engine.CheckReplayAsync(GoldenHistory.Parse(GoldenHistory.AsExported(history)), VersionOf(history))));

    /// <summary>An instance that is under way has the beginning of a history, up to the end of an episode.</summary>
    [Fact]
    public async Task The_code_does_what_every_history_says_that_has_not_ended() => await EveryAsync(async (_, history) =>
    {
        var events = history["historyEvents"]!.AsArray();
        foreach (var length in Enumerable.Range(1, events.Count - 1).Where(i => events[i]!["EventType"]!.GetValue<string>() == "OrchestratorStarted"))
        {
            var beginning = Beginning(history, length);
            Assert.IsType<ReplayVerdict.Agrees>(await _engine.CheckReplayAsync(GoldenHistory.Parse(beginning)));
            Assert.IsType<ReplayVerdict.Agrees>(
                await _engine.CheckReplayAsync(GoldenHistory.Parse(GoldenHistory.AsExported(beginning)), VersionOf(history)));
        }
    });

    /// <summary>A code that calls something else, or nothing, where a history has a call is caught at that very call.</summary>
    [Fact]
    public async Task Code_that_would_not_make_one_of_the_calls_is_caught_at_that_call() => await EveryAsync(async (_, history) =>
    {
        var events = history["historyEvents"]!.AsArray();
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i]!["EventType"]!.GetValue<string>() is "TaskScheduled" or "SubOrchestrationInstanceCreated")
            {
                var other = history.DeepClone().AsObject();
                other["historyEvents"]![i]!["Name"] = "SomethingElse";

                var found = Assert.IsType<ReplayVerdict.Diverges>(await _engine.CheckReplayAsync(GoldenHistory.Parse(other)));
                Assert.Equal(i, found.Position);
                Assert.Contains("SomethingElse", found.History, StringComparison.Ordinal);
                Assert.IsType<ReplayVerdict.Diverges>(
                    await _engine.CheckReplayAsync(GoldenHistory.Parse(GoldenHistory.AsExported(other)), VersionOf(history)));
            }
        }
    });

    /// <summary>The real thing: what 0012 has versions for.</summary>
    [Theory]
    [InlineData("order-2.0-review-approved", "2.1", "activity 'PlanOrder'")]
    [InlineData("order-1.0-delivered", "2.0", "sub-orchestration 'PaymentSaga'")]
    public async Task A_history_of_former_code_does_not_go_on_with_the_code_of_a_later_version(string name, string version, string code)
    {
        var former = GoldenHistory.All.Single(kept => kept.Name == name).Read();

        var found = Assert.IsType<ReplayVerdict.Diverges>(
            await _engine.CheckReplayAsync(GoldenHistory.Parse(GoldenHistory.AsExported(former)), version));

        Assert.Contains(code, found.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestrator_that_is_gone_is_named_and_one_that_has_not_begun_is_let_be()
    {
        var history = GoldenHistory.All[0].Read();
        history["name"] = "GoneSaga";
        Assert.IsType<ReplayVerdict.UnknownOrchestrator>(await _engine.CheckReplayAsync(GoldenHistory.Parse(history)));

        var pending = new JsonObject { ["name"] = nameof(OrderSaga), ["instanceId"] = "1", ["runtimeStatus"] = "Pending" };
        Assert.IsType<ReplayVerdict.NotBegun>(await _engine.CheckReplayAsync(GoldenHistory.Parse(pending)));

        pending["runtimeStatus"] = "Running";
        Assert.Contains("showHistory=true", Assert.Throws<HistoryFormatException>(() => GoldenHistory.Parse(pending)).Message, StringComparison.Ordinal);
    }

    private static int Keep(SimulatedProcess process, string orderId, string name)
    {
        foreach (var state in process.Instances)
        {
            var part = state.InstanceId == orderId ? string.Empty : state.InstanceId[orderId.Length..];
            GoldenHistory.Keep(name + part, state, process.HistoryOf(state.InstanceId));
        }

        return process.Instances.Count;
    }

    private static async Task EveryAsync(Func<string, JsonObject, Task> check)
    {
        var all = GoldenHistory.All;
        Assert.NotEmpty(all);
        foreach (var kept in all)
        {
            try
            {
                await check(kept.Name, kept.Read());
            }
            catch (Exception exception) when (exception is Xunit.Sdk.XunitException or HistoryFormatException)
            {
                Assert.Fail($"{kept.Name}: {exception.Message}");
            }
        }
    }

    private static JsonObject Beginning(JsonObject history, int length)
    {
        var beginning = history.DeepClone().AsObject();
        beginning["runtimeStatus"] = "Running";
        var events = beginning["historyEvents"]!.AsArray();
        while (events.Count > length)
        {
            events.RemoveAt(events.Count - 1);
        }

        return beginning;
    }

    private static string VersionOf(JsonObject history) =>
        history["historyEvents"]!.AsArray().Single(e => e!["EventType"]!.GetValue<string>() == "ExecutionStarted")!["Version"]!.GetValue<string>();
}
