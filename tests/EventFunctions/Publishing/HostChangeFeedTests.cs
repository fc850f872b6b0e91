using System.Text.Json;
using EventFunctions.Domain.Ordering;
using EventFunctions.Publishing;
using EventFunctions.Tests.Support;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Publishing;

/// <summary>
/// On Azure the host reads every change with Newtonsoft.Json and writes it anew for the worker. Unless host.json forbids it, it
/// takes text that looks like a time for one and writes it in another form, in the time zone of the machine
/// (https://github.com/Azure/azure-webjobs-sdk-extensions/issues/898).
/// </summary>
public sealed class HostChangeFeedTests
{
    private const string Reason = "2024-05-06T10:00:00+02:00";

    private static readonly Lazy<DateParseHandling> Configured = new(ReadDateParseHandling);

    [Fact]
    public void An_event_is_published_as_it_was_stored_though_the_host_writes_it_anew()
    {
        var envelope = Envelope(new OrderCancelled(SampleOrder, new("customer-1"), "cancelled-by-customer", Reason), Order.StreamOf(SampleOrder));

        var direct = Publish(Document(envelope));
        var relayed = Publish(ThroughTheHost(Document(envelope), Configured.Value));

        Assert.Equal(envelope, Serializer.Read(relayed.Body.ToMemory()));
        Assert.Equal(direct.Body.ToString(), relayed.Body.ToString());
    }

    [Fact]
    public void Without_the_setting_the_text_would_be_another()
    {
        var envelope = Envelope(new OrderCancelled(SampleOrder, new("customer-1"), "cancelled-by-customer", Reason), Order.StreamOf(SampleOrder));

        var relayed = Serializer.Read(Publish(ThroughTheHost(Document(envelope), DateParseHandling.DateTime)).Body.ToMemory());

        Assert.NotEqual(Reason, Assert.IsType<OrderCancelled>(relayed.Data).Reason);
    }

    private static Azure.Messaging.ServiceBus.ServiceBusMessage Publish(JsonElement document) =>
        Assert.IsType<RelayedDocument.Publishable>(new EventMessageMapper(Serializer).Map(document)).Message;

    private static JsonElement ThroughTheHost(JsonElement document, DateParseHandling dates)
    {
        var read = JsonConvert.DeserializeObject<JObject>(document.GetRawText(), new JsonSerializerSettings { DateParseHandling = dates })!;
        return Json(read.ToString(Formatting.None));
    }

    private static DateParseHandling ReadDateParseHandling()
    {
        var cosmos = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "host.json"))).RootElement
            .GetProperty("extensions").GetProperty("cosmosDB");
        return cosmos.TryGetProperty("serializerSettings", out var settings) && settings.GetProperty("dateParseHandling").GetString() == "None"
            ? DateParseHandling.None
            : DateParseHandling.DateTime;
    }
}
