using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.EndToEnd.Tests.Telemetry;

/// <summary>With a receiver named, all three signals arrive there, and an order is one trace from the request to the saga's end.</summary>
public sealed class ExportTests
{
    private const string TraceId = "b3c1d2e4f5a647889900aabbccddeeff";

    [Fact]
    public async Task A_receiver_gets_the_spans_of_an_order_in_one_trace_the_metrics_and_the_logs()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var events = 0;
        await using (var shop = await RunningShop.StartAsync(Options(receiver.Address)))
        {
            var product = Orders.Unique("cup");
            await shop.StockUpAsync(product, 10);
            await shop.SettleAsync(await PlaceAsync(shop, product));
            var quiet = await shop.QuietAsync();
            events = quiet.Events.Count(e => e.TraceParent?.Split('-')[1] == TraceId);

            await Eventually.HoldsAsync(() => InTrace(receiver).Any(s => s.Name == "saga OrderSaga"), "the saga's span has arrived");
            await Eventually.HoldsAsync(() => receiver.Has("metrics", "eventfunctions.sagas.ended"), "the saga was counted");
            await Eventually.HoldsAsync(() => receiver.Has("logs", "Cosmos"), "log lines have arrived");
        }

        // After the stop nothing is left unsent: each event was published once, and the saga has ended once.
        var spans = InTrace(receiver).ToList();
        Assert.True(events > 10, $"{events} events");
        Assert.Equal(events, spans.Count(s => s.Name.StartsWith("publish ", StringComparison.Ordinal)));
        Assert.Single(spans, s => s.Name == "saga OrderSaga");
        var names = spans.Select(s => $"{s.Source}: {s.Name}").ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(
            [
                "Microsoft.Azure.Functions.Worker: function PlaceOrder",
                "EventFunctions: serve PlaceOrder",
                "EventFunctions: publish ordering-events",
                "EventFunctions: publish payment-events",
                "EventFunctions: handle StartOrderSaga",
                "EventFunctions: handle ProjectOrderView",
                "EventFunctions: step AuthorizePayment",
                "EventFunctions: step CapturePayment",
                "EventFunctions: step MarkOrderShipped",
                "EventFunctions: saga OrderSaga",
            ]),
            names);
        Assert.Contains(receiver.Spans(), s => s.Source == "Azure.Cosmos.Operation");
        Assert.All(
            new[]
            {
                "eventfunctions.events.appended", "eventfunctions.events.published", "eventfunctions.relay.lag", "eventfunctions.message.lag",
                "eventfunctions.message.duration", "eventfunctions.saga.duration", "StartOrderSaga", "http.client.request.duration",
            },
            name => Assert.True(receiver.Has("metrics", name), name));
        Assert.All(["traces", "metrics", "logs"], signal => Assert.True(receiver.Has(signal, "shop-under-test"), signal));
    }

    private static LocalRuntimeOptions Options(Uri receiver) => new()
    {
        LogLevel = LogLevel.Information,
        LogTo = NullLoggerProvider.Instance,
        Settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "shop-under-test",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_BSP_MAX_QUEUE_SIZE"] = "100000",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        },
    };

    private static IEnumerable<OtlpSpan> InTrace(OtlpReceiver receiver) => receiver.Spans().Where(s => s.TraceId == TraceId);

    private static async Task<string> PlaceAsync(RunningShop shop, string product)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/orders") { Content = JsonContent.Create(Orders.Of(product, Orders.Unique("customer"))) };
        request.Headers.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        using var response = await shop.Http.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("orderId").GetString()!;
    }
}
