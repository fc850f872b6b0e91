using System.Text;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Tests.Contract;
using EventFunctions.Local.Cosmos.Wire.Batches;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Store;

[Collection(CosmosCollection.Name)]
public sealed class EffectivePartitionKeyTests(CosmosFixture cosmos)
{
    [Theory]
    [InlineData("", 0UL, 0UL)]
    [InlineData("hello", 0xcbd8a7b341bd9b02UL, 0x5b1e906a48ae1d19UL)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0xe34bbc7bbc071b6cUL, 0x7a433ca9c49a9347UL)]
    public void The_hash_gives_its_published_values(string text, ulong low, ulong high) =>
        Assert.Equal((low, high), MurmurHash3.Hash128(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task The_SDK_sends_every_key_to_the_range_the_endpoint_keeps_it_in()
    {
        var container = await cosmos.NewContainerAsync();
        using var recorder = new RequestRecorder();
        using var client = recorder.Connect(cosmos.Endpoint, bulk: true);
        var bulk = client.GetContainer(container.Database.Id, container.Id);
        var keys = Keys().ToList();
        await Task.WhenAll(keys.Select((key, i) => CreateAsync(bulk, $"{i}", key.Json, key.Key)));

        // In bulk the client hashes the key itself and names the range.
        var (map, used, checkedKeys) = (new KeyRangeMap(4), new HashSet<int>(), 0);
        foreach (var (range, operation) in recorder.Requests.Where(r => BatchBody.IsHybridRow(r.Body)).SelectMany(r => BatchBody.Read(r.Body).Select(o => (r.Range, o))))
        {
            Assert.True(PartitionKeyJson.TryParse(operation.PartitionKey!, out var key, out _));
            var index = map.IndexOf(EffectivePartitionKey.Of(key));
            Assert.Equal(range, $"{index}");
            used.Add(index);
            checkedKeys++;
        }

        Assert.Equal(keys.Count, checkedKeys);
        Assert.Equal(4, used.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Ranges_cover_the_ring_without_a_gap(int count)
    {
        var map = new KeyRangeMap(count);
        Assert.Equal(string.Empty, map.MinInclusive(0));
        Assert.Equal("FF", map.MaxExclusive(count - 1));
        for (var i = 1; i < count; i++)
        {
            Assert.Equal(map.MaxExclusive(i - 1), map.MinInclusive(i));
        }

        Assert.Equal(0, map.IndexOf(UInt128.Zero));
        Assert.Equal(count - 1, map.IndexOf((UInt128.One << 126) - 1));
    }

    private static async Task CreateAsync(Container container, string id, string? json, PartitionKey key)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(json is null ? $$"""{"id":"{{id}}"}""" : $$"""{"id":"{{id}}","pk":{{json}}}"""));
        using var created = await container.CreateItemStreamAsync(body, key);
        Assert.True(created.IsSuccessStatusCode, created.ErrorMessage);
    }

    private static IEnumerable<(string? Json, PartitionKey Key)> Keys()
    {
        foreach (var text in Enumerable.Range(0, 60).Select(i => $"ordering-{i}").Append(string.Empty).Append("ünï 😀").Append(new string('x', 1500)))
        {
            yield return ($"\"{text}\"", new PartitionKey(text));
        }

        foreach (var number in new[] { 0, 1, -1, 0.5, 7, 1e300, 123456789 })
        {
            yield return (number.ToString("R"), new PartitionKey(number));
        }

        yield return ("true", new PartitionKey(true));
        yield return ("false", new PartitionKey(false));
        yield return ("null", PartitionKey.Null);
        yield return (null, PartitionKey.None);
    }
}
