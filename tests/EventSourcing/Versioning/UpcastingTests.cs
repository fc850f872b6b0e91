using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EventSourcing.Tests.Versioning;

public sealed class UpcastingTests
{
    private static readonly EventSerializer Serializer = new(Journey.Registry);

    private static readonly string[] NameFields = ["who", "name", "name", "traveller", "traveller"];

    [Fact]
    public void Data_of_every_version_takes_each_step_to_the_newest_once_and_in_order() =>
        Prop.ForAll(
            (from version in Gen.Choose(1, 5)
             from name in Gen.Elements("journey", "trip", "walk")
             from traveller in ArbMap.Default.GeneratorFor<NonNull<string>>()
             select (version, name, traveller.Get)).ToArbitrary(),
            stored =>
            {
                var (version, name, traveller) = stored;
                var data = new JsonObject { [NameFields[version - 1]] = traveller };
                if (version == 5)
                {
                    data["upcasts"] = new JsonArray();
                }

                var read = Serializer.Read(Document(name, version, data));

                Assert.Equal(("journey", 5), (read.Type, read.SchemaVersion));
                var journey = Assert.IsType<Journey>(read.Data);
                Assert.Equal(JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(traveller)), journey.Traveller);
                Assert.Equal(Enumerable.Range(version, 5 - version), journey.Upcasts);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_event_that_was_read_from_an_old_version_is_written_in_the_newest()
    {
        var read = Serializer.Read(Document("walk", 1, new JsonObject { ["who"] = "ann" }));

        var written = Serializer.Write(read);

        Assert.Equal(("journey", 5), (written.Type, written.SchemaVersion));
        Assert.Equal("""{"traveller":"ann","upcasts":[1,2,3,4]}""", written.Data.GetRawText());
    }

    [Fact]
    public void What_fits_the_retired_shape_in_another_case_is_found_by_the_upcaster_too() =>
        Assert.Equal("ann", Assert.IsType<Journey>(Serializer.Read(Document("journey", 1, new JsonObject { ["Who"] = "ann" })).Data).Traveller);

    [Theory]
    [InlineData("""{"name":"ann"}""", "'journey' version 1")]
    [InlineData("""{"who":null}""", "'journey' version 1")]
    [InlineData("""{"who":7}""", "'journey' version 1")]
    [InlineData("""[]""", "'journey' version 1")]
    [InlineData("""null""", "'journey' version 1")]
    public void Old_data_that_has_not_the_shape_of_its_version_is_an_error_that_names_the_version(string data, string named)
    {
        var exception = Assert.Throws<EventFormatException>(() => Serializer.Read(Document("journey", 1, JsonNode.Parse(data))));

        Assert.Contains("event 7 of 'journey-9'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throw", "from version 1 of 'fragile' to 2: Broken on purpose.")]
    [InlineData("null", "from version 1 of 'fragile' to 2: It returned null.")]
    [InlineData("forget", "upcast from 'fragile' version 1, and the result is not version 2:")]
    public void An_upcaster_that_fails_is_an_error_that_names_it_and_its_versions(string how, string named)
    {
        var serializer = new EventSerializer(EventTypeRegistry.FromTypes(typeof(Fragile), typeof(FragileUpcaster)));

        var exception = Assert.Throws<EventFormatException>(
            () => serializer.Read(Document("fragile", 1, new JsonObject { ["how"] = how })));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);
    }

    [Theory]
    [InlineData("journey", 6)]
    [InlineData("journey", 0)]
    [InlineData("trip", 6)]
    [InlineData("Trip", 1)]
    public void A_version_or_name_that_never_was_is_unknown(string name, int version)
    {
        var exception = Assert.Throws<UnknownEventTypeException>(() => Serializer.Read(Document(name, version, new JsonObject { ["who"] = "ann" })));

        Assert.Equal((name, version), (exception.Name, exception.SchemaVersion));
    }

    private static EventDocument Document(string type, int schemaVersion, JsonNode? data) => new(
        EventDocument.IdOf(7),
        "journey-9",
        EventDocument.EventKind,
        7,
        Guid.NewGuid(),
        type,
        schemaVersion,
        DateTimeOffset.UnixEpoch,
        JsonSerializer.SerializeToElement(data),
        new EventMetadata(Guid.NewGuid(), "c"));

    [EventType("fragile", 2)]
    private sealed record Fragile(int Value) : IDomainEvent;

    [RetiredEvent("fragile", 1)]
    private sealed record FragileV1(string How);

    private sealed class FragileUpcaster : IEventUpcaster
    {
        public Type Shape => typeof(FragileV1);

        public JsonObject Upcast(JsonObject data) => data["how"]!.GetValue<string>() switch
        {
            "throw" => throw new InvalidOperationException("Broken on purpose."),
            "null" => null!,
            _ => data,
        };
    }
}
