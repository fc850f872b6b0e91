using System.Diagnostics;
using EventFunctions.Enrichment;
using EventFunctions.Http;

namespace EventFunctions.Tests.Enrichment;

public sealed class EnrichmentTests
{
    private const string TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    public static TheoryData<object> PropertiesInEitherForm { get; } =
    [
        new Dictionary<string, object> { ["cloudEvents:id"] = "e1", ["traceparent"] = TraceParent, ["tenant"] = "acme", ["schemaVersion"] = 2 },
        $$"""{"cloudEvents:id":"e1","traceparent":"{{TraceParent}}","tenant":"acme","schemaVersion":2}""",
    ];

    [Theory]
    [MemberData(nameof(PropertiesInEitherForm))]
    public void A_command_that_an_event_leads_to_carries_its_circumstances_on(object properties)
    {
        var circumstances = MessageCircumstances.Of(new Dictionary<string, object?>
        {
            ["MessageId"] = "e1/resubmitted",
            ["SessionId"] = "ordering-1",
            ["CorrelationId"] = "corr",
            ["ApplicationProperties"] = properties,
        });

        var metadata = circumstances.ForCommand(Guid.Empty, "mailer");

        Assert.Equal("ordering-1", circumstances.Stream);
        Assert.Equal(
            ("corr", "e1", "acme", TraceParent, "mailer"),
            (metadata.CorrelationId, metadata.CausationId, metadata.Tenant, metadata.TraceParent, metadata.Source));
    }

    [Fact]
    public void A_message_that_is_none_of_an_event_is_named_when_a_command_is_to_follow_from_it()
    {
        var circumstances = MessageCircumstances.Of(new Dictionary<string, object?> { ["MessageId"] = "m1" });

        Assert.Equal("m1", circumstances.EventId);
        Assert.Contains("CorrelationId", Assert.Throws<InvalidOperationException>(() => circumstances.ForCommand(Guid.Empty, "x")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new CurrentMessage().Circumstances);
    }

    [Fact]
    public void An_activity_continues_the_trace_also_where_nobody_listens_and_ends_with_its_scope()
    {
        var before = Activity.Current;
        using (var activity = EventActivities.Start("work", ActivityKind.Internal, "corr", TraceParent))
        {
            Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"), (activity.TraceId.ToHexString(), activity.ParentSpanId.ToHexString()));
            Assert.Equal((activity, "corr"), (Activity.Current, EventActivities.CurrentCorrelationId));
            using var inner = EventActivities.Start("part", ActivityKind.Internal, correlationId: null, traceParent: "nonsense");
            Assert.Equal((activity.TraceId, "corr"), (inner.TraceId, EventActivities.CurrentCorrelationId));
        }

        Assert.Same(before, Activity.Current);
    }

    [Fact]
    public async Task An_outside_call_has_the_correlation_id_of_what_is_being_done_and_none_where_there_is_none()
    {
        var sent = new List<string?>();
        using var client = new HttpClient(new CorrelationHeaderHandler
        {
            InnerHandler = new Recorder(request => sent.Add(
                request.Headers.TryGetValues(RequestMetadata.CorrelationHeader, out var values) ? string.Join(',', values) : null)),
        });

        await client.GetAsync(new Uri("http://partner.test/"));
        using (EventActivities.Start("work", ActivityKind.Internal, "corr", TraceParent))
        {
            await client.GetAsync(new Uri("http://partner.test/"));
        }

        Assert.Equal([null, "corr"], sent);
    }

    private sealed class Recorder(Action<HttpRequestMessage> record) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            record(request);
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
