using System.Text;
using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Tests.Serialization;

public sealed class RawJsonTests
{
    /// <summary>Reads as an answer arrives from a network.</summary>
    private static readonly JsonSerializerOptions InPieces = new(EventJson.Options) { DefaultBufferSize = 1 };

    [Fact]
    public void A_value_is_written_into_a_document_as_it_would_be_by_itself()
    {
        var wallet = new Wallet("Ånn \"\u2028", 12, 2);

        var whole = JsonSerializer.Serialize(new List<StateSnapshot> { new(3, 2, RawJson.Of(wallet)), new(3, 2, RawJson.Of(1)) }, EventJson.Options);

        Assert.Equal(
            $$"""[{"schema":3,"version":2,"state":{{JsonSerializer.Serialize(wallet, EventJson.Options)}}},{"schema":3,"version":2,"state":1}]""", whole);
        Assert.Equal(wallet, RawJson.Of(wallet).To<Wallet>());
    }

    [Theory]
    [InlineData("""{"balance":12,"movements":2}""")]
    [InlineData("""[1,{"a":[]},"\u00e9 \\ \""]""")]
    [InlineData("\"text\"")]
    [InlineData("12.50")]
    [InlineData("true")]
    [InlineData("null")]
    public async Task A_value_is_read_out_of_a_document_as_it_stands_there(string json)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"schema":3,"version":2,"state":{{json}}}"""));

        var snapshot = await JsonSerializer.DeserializeAsync<StateSnapshot>(content, InPieces);

        Assert.Equal((3, 2L, json), (snapshot!.Schema, snapshot.Version, snapshot.State.ToString()));
    }

    [Theory]
    [InlineData("""{"schema":3,"version":2}""")]
    [InlineData("""{"schema":3,"version":2,"state":}""")]
    [InlineData("""{"schema":3,"version":2,"state":{"a":1}""")]
    public void A_document_without_the_value_or_with_broken_JSON_is_not_read(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<StateSnapshot>(json, EventJson.Options));
}
