using System.Diagnostics;
using EventFunctions.Enrichment;
using EventFunctions.Telemetry;
using Microsoft.DurableTask;
using Moq;

namespace EventFunctions.Tests.Telemetry;

public sealed class SagaTelemetryTests : IDisposable
{
    private static readonly DateTime Began = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly RecordedMetrics _metrics = new();
    private readonly Mock<TaskOrchestrationContext> _context = new();

    public SagaTelemetryTests()
    {
        _context.SetupGet(c => c.InstanceId).Returns(Guid.NewGuid().ToString("N"));
        _context.SetupSequence(c => c.CurrentUtcDateTime).Returns(Began).Returns(Began.AddSeconds(90));
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task An_end_is_counted_with_its_state_and_shown_as_one_span_of_the_trace_it_was_started_in()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EventActivities.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("saga.instance_id"), _context.Object.InstanceId))
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        Assert.Equal("Compensated", await RunAsync(() => Task.FromResult("Compensated")));

        Assert.Equal([(1, "saga=OrderSaga,state=Compensated")], _metrics.Of("eventfunctions.sagas.ended"));
        Assert.Equal([(90, "saga=OrderSaga,state=Compensated")], _metrics.Of("eventfunctions.saga.duration"));
        var one = Assert.Single(spans);
        Assert.Equal(("saga OrderSaga", Began, TimeSpan.FromSeconds(90)), (one.OperationName, one.StartTimeUtc, one.Duration));
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "corr"), (one.TraceId.ToHexString(), one.GetTagItem(EventActivities.CorrelationKey)));
    }

    [Fact]
    public async Task A_saga_that_throws_is_counted_as_failed()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(() => Task.FromException<string>(new InvalidOperationException("A bug."))));

        Assert.Equal([(1, "saga=OrderSaga,state=Failed")], _metrics.Of("eventfunctions.sagas.ended"));
    }

    [Fact]
    public async Task A_replay_and_an_orchestration_that_begins_anew_are_no_ends()
    {
        Assert.Equal("begins anew", await RunAsync(() => Task.FromResult("begins anew"), static _ => null));
        _context.SetupGet(c => c.IsReplaying).Returns(true);
        Assert.Equal("Completed", await RunAsync(() => Task.FromResult("Completed")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(() => Task.FromException<string>(new InvalidOperationException("A bug."))));

        Assert.Empty(_metrics.Of("eventfunctions.sagas.ended"));
    }

    private Task<string> RunAsync(Func<Task<string>> saga, Func<string, string?>? stateOf = null) => new SagaTelemetry(_metrics).ObserveAsync(
        _context.Object,
        new SagaStart("OrderSaga", "corr", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        saga,
        stateOf ?? (static state => state));
}
