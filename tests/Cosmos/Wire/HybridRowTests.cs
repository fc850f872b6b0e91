using System.Text;
using EventFunctions.Local.Cosmos.Tests.Contract;
using EventFunctions.Local.Cosmos.Wire.Batches;
using EventFunctions.Local.Cosmos.Wire.HybridRow;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

[Collection(CosmosCollection.Name)]
public sealed class HybridRowTests(CosmosFixture cosmos)
{
    [Fact]
    public void The_checksum_is_the_one_of_zip() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Fact]
    public void The_checksum_of_any_bytes_is_the_one_that_the_polynomial_gives_bit_by_bit() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Crc32.Of(bytes) == BitByBit(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Operations_are_read_as_they_were_written() =>
        Prop.ForAll(Operations(), operation =>
        {
            var read = BatchOperationRow.Read(BatchOperationRow.Write(operation));
            return Describe(read) == Describe(operation);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(200, 0, "\"e\"", "{}", null)]
    [InlineData(412, 1110, null, null, 17u)]
    [InlineData(201, 0, "\"é\"", "{\"a\":1}", 0u)]
    public void Results_are_read_as_they_were_written(int status, int subStatus, string? etag, string? body, uint? retryAfter)
    {
        var result = new BatchOperationResult(status, subStatus)
        {
            ETag = etag,
            Body = Encoding.UTF8.GetBytes(body ?? string.Empty),
            RetryAfterMilliseconds = retryAfter,
            Charge = 5.25,
        };
        var read = BatchResultRow.Read(BatchResultRow.Write(result));
        Assert.Equal((status, subStatus, etag, retryAfter, 5.25), (read.Status, read.SubStatus, read.ETag, read.RetryAfterMilliseconds, read.Charge));
        Assert.Equal(result.Body.ToArray(), read.Body.ToArray());
    }

    [Fact]
    public async Task What_the_SDK_sends_is_read_and_would_be_written_to_the_same_bytes()
    {
        var container = await cosmos.NewContainerAsync();
        using var recorder = new RequestRecorder();
        using var client = recorder.Connect(cosmos.Endpoint);
        using var response = await client.GetContainer(container.Database.Id, container.Id).CreateTransactionalBatch(new PartitionKey("a"))
            .CreateItem(new Note("1", "a", 1, "ünï 😀"))
            .UpsertItem(new Note("2", "a", 2, new string('x', 70_000)), new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false })
            .ReplaceItem("1", new Note("1", "a", 3), new TransactionalBatchItemRequestOptions { IfMatchEtag = "*" })
            .PatchItem("1", [PatchOperation.Set("/text", "patched")])
            .ReadItem("1", new TransactionalBatchItemRequestOptions { IfNoneMatchEtag = "\"other\"" })
            .DeleteItem("2")
            .ExecuteAsync();
        Assert.True(response.IsSuccessStatusCode);

        var sent = Assert.Single(recorder.Requests, r => BatchBody.IsHybridRow(r.Body)).Body;
        var operations = BatchBody.Read(sent);
        Assert.Equal(
            [BatchOperationType.Create, BatchOperationType.Upsert, BatchOperationType.Replace, BatchOperationType.Patch, BatchOperationType.Read, BatchOperationType.Delete],
            operations.Select(o => o.Type));
        Assert.Equal([null, null, "1", "1", "1", "2"], operations.Select(o => o.Id));
        Assert.Equal(("*", "\"other\"", true), (operations[2].IfMatch, operations[4].IfNoneMatch, operations[1].Minimal));
        Assert.Equal(Convert.ToHexString(sent), Convert.ToHexString(RecordIo.Write(operations.Select(BatchOperationRow.Write)).Span));
    }

    [Fact]
    public async Task What_the_SDK_sends_in_bulk_is_read_and_would_be_written_to_the_same_bytes()
    {
        var container = await cosmos.NewContainerAsync();
        using var recorder = new RequestRecorder();
        using var client = recorder.Connect(cosmos.Endpoint, bulk: true);
        var bulk = client.GetContainer(container.Database.Id, container.Id);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => bulk.CreateItemAsync(new Note($"{i}", $"p{i}", i), new PartitionKey($"p{i}"))));

        var sent = recorder.Requests.Where(r => BatchBody.IsHybridRow(r.Body)).Select(r => r.Body).ToList();
        Assert.Equal(50, sent.Sum(b => BatchBody.Read(b).Count));
        foreach (var body in sent)
        {
            var operations = BatchBody.Read(body);
            Assert.All(operations, o => Assert.StartsWith("[\"p", o.PartitionKey, StringComparison.Ordinal));
            Assert.Equal(Convert.ToHexString(body), Convert.ToHexString(RecordIo.Write(operations.Select(BatchOperationRow.Write)).Span));
        }
    }

    [Fact]
    public void A_damaged_stream_is_a_format_error_and_nothing_else()
    {
        var good = RecordIo.Write([BatchOperationRow.Write(new BatchOperation(0) { Id = "1", Body = "{\"id\":\"1\"}"u8.ToArray(), IfMatch = "*", TimeToLive = 3, Minimal = true })]).ToArray();
        var random = new Random(20260101);
        var refused = 0;
        for (var i = 0; i < 5000; i++)
        {
            var damaged = good.AsSpan(0, random.Next(4) == 0 ? random.Next(1, good.Length) : good.Length).ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            refused += IsRefused(damaged) ? 1 : 0;
        }

        Assert.True(refused > 4000, $"{refused} of 5000 damaged streams were refused");
    }

    [Fact]
    public void A_row_with_a_valid_checksum_may_still_be_nonsense()
    {
        var random = new Random(20260102);
        var row = BatchOperationRow.Write(new BatchOperation(0) { Id = "1", IfMatch = "*", Minimal = true }).ToArray();
        for (var i = 0; i < 5000; i++)
        {
            var damaged = row.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            IsRefused(RecordIo.Write([damaged]).ToArray());
        }

        Assert.True(IsRefused(RecordIo.Write([row.AsMemory(0, row.Length - 1)]).ToArray()));
    }

    private static uint BitByBit(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var bit in bytes.SelectMany(b => Enumerable.Range(0, 8).Select(i => (uint)(b >> i) & 1)))
        {
            crc = ((crc ^ bit) & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320;
        }

        return ~crc;
    }

    private static bool IsRefused(byte[] body)
    {
        try
        {
            _ = RecordIo.Read(body).Select(BatchOperationRow.Read).ToList();
            return false;
        }
        catch (RowFormatException)
        {
            return true;
        }
    }

    private static Arbitrary<BatchOperation> Operations()
    {
        var text = ArbMap.Default.ArbFor<string?>().Generator.Select(Valid);
        var bytes = ArbMap.Default.ArbFor<byte[]>().Generator;
        return (from type in Gen.Elements(0, 1, 2, 4, 5, 20)
                from id in text
                from key in text
                from body in bytes
                from match in text
                from ttl in ArbMap.Default.ArbFor<int?>().Generator
                from minimal in ArbMap.Default.ArbFor<bool?>().Generator
                select new BatchOperation(type) { Id = id, PartitionKey = key, Body = body, EffectivePartitionKey = body, IfMatch = match, IfNoneMatch = id, TimeToLive = ttl, Minimal = minimal })
            .ToArbitrary();
    }

    private static string? Valid(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Describe(BatchOperation o) =>
        string.Join('|', o.Type, o.Id ?? "-", o.PartitionKey ?? "-", Convert.ToHexString(o.Body.Span), Convert.ToHexString(o.EffectivePartitionKey.Span), o.IfMatch ?? "-", o.IfNoneMatch ?? "-", o.TimeToLive, o.Minimal);
}
