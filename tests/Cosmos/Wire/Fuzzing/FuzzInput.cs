using System.Text;
using EventFunctions.Local.Cosmos.Wire.Batches;
using EventFunctions.Local.Cosmos.Wire.HybridRow;

namespace EventFunctions.Local.Cosmos.Tests.Wire.Fuzzing;

/// <summary>What a body is sent as.</summary>
internal enum FuzzKind
{
    Batch,
    Bulk,
    Patch,
    Query,
    Item,
}

/// <summary>A body made of a good one by changing it in a few places.</summary>
internal sealed record FuzzInput(FuzzKind Kind, byte[] Body)
{
    private static readonly (FuzzKind Kind, byte[] Body)[] Seeds =
    [
        (FuzzKind.Batch, Rows(atomic: true)),
        (FuzzKind.Bulk, Rows(atomic: false)),
        (FuzzKind.Batch, Utf8("""[{"operationType":"Create","resourceBody":{"id":"n1","pk":"a","n":1}},{"operationType":"Read","id":"1","ifNoneMatch":"\"x\""},{"operationType":"Patch","id":"1","ifMatch":"*","resourceBody":{"operations":[{"op":"incr","path":"/n","value":2.5}]}},{"operationType":"Delete","id":"2"}]""")),
        (FuzzKind.Bulk, Utf8("""[{"operationType":"Upsert","partitionKey":"[\"b\"]","resourceBody":{"id":"9","pk":"b","ttl":30}},{"operationType":"Replace","id":"1","partitionKey":"[\"a\"]","resourceBody":{"id":"1","pk":"a"}}]""")),
        (FuzzKind.Patch, Utf8("""{"condition":"FROM c WHERE c.n > 0 AND IS_DEFINED(c.list)","operations":[{"op":"add","path":"/list/0","value":{"x":[1,null]}},{"op":"set","path":"/a/b","value":"é😀"},{"op":"incr","path":"/n","value":-1e3},{"op":"move","from":"/list","path":"/moved"},{"op":"remove","path":"/n"}]}""")),
        (FuzzKind.Patch, Utf8("""[{"op":"replace","path":"/text","value":"\u00e9"},{"op":"add","path":"/list/-","value":9007199254740993}]""")),
        (FuzzKind.Query, Utf8("""{"query":"SELECT TOP 3 c.id, c.list[0] AS first FROM c WHERE c.n >= @n AND c.text IN ('a', @t) ORDER BY c.n DESC","parameters":[{"name":"@n","value":0},{"name":"@t","value":"text"}],"resumeFilter":{"value":[1],"rid":"AQAAAIEAAAABAAAAAAAAAA==","exclude":true}}""")),
        (FuzzKind.Query, Utf8("""{"query":"SELECT c.text, COUNT(1) AS k FROM c JOIN t IN c.list WHERE STARTSWITH(c.id, '1') GROUP BY c.text","parameters":[]}""")),
        (FuzzKind.Item, Utf8("""{"id":"new","pk":"a","ttl":60,"n":1e400,"deep":{"list":[[],{"x":null}]},"text":"\ud83d\ude00","_etag":"old"}""")),
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "null", "true", "-", "1e999", "0", "\"id\":", "\"pk\":", "\"op\":\"add\"", "/", "/-", "/0", "/99999999999", "/~1", "\"value\":", "\"operations\":", "\0",
        "\"operationType\":\"Upsert\"", "\"partitionKey\":\"[{}]\"", "é", "\u2028", " IN ", "(", "'", "@n", "(SELECT VALUE ", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    ];

    public static FuzzInput Of(Random random)
    {
        var (kind, good) = Seeds[random.Next(Seeds.Length)];
        var isRow = BatchBody.IsHybridRow(good);

        // A row of HybridRow has a checksum, behind which hardly any damage would be seen: half of the time it is made to fit again.
        return isRow && random.Next(2) == 0
            ? new FuzzInput(kind, RecordIo.Write(RecordIo.Read(good).Select(r => (ReadOnlyMemory<byte>)Mutate(random, r.ToArray()))).ToArray())
            : new FuzzInput(kind, Mutate(random, good));
    }

    private static byte[] Mutate(Random random, byte[] good)
    {
        var bytes = new List<byte>(good);
        for (var n = random.Next(0, 4); n > 0; n--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 16), bytes.Count - at));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    var other = Seeds[random.Next(Seeds.Length)].Body;
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 60), other.Length - from)).ToArray());
                    break;
                case 4:
                    bytes.InsertRange(at, Utf8(string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1, 40)))));
                    break;
                default:
                    bytes.InsertRange(at, Utf8(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Rows(bool atomic) => RecordIo.Write(
        new BatchOperation[]
        {
            new(BatchOperationType.Create) { Body = Utf8("""{"id":"r1","pk":"a","n":1}"""), Minimal = true, TimeToLive = 3 },
            new(BatchOperationType.Patch) { Id = "1", Body = Utf8("""{"operations":[{"op":"set","path":"/n","value":5}]}"""), IfMatch = "*" },
            new(BatchOperationType.Read) { Id = "1", IfNoneMatch = "\"other\"" },
            new(BatchOperationType.Replace) { Id = "1", Body = Utf8("""{"id":"1","pk":"a"}"""), IndexingDirective = "Exclude" },
            new(BatchOperationType.Upsert) { Body = Utf8("""{"id":"2","pk":"a"}"""), BinaryId = Utf8("2") },
            new(BatchOperationType.Delete) { Id = "2" },
        }.Select(o => BatchOperationRow.Write(atomic ? o : o with { PartitionKey = "[\"a\"]", EffectivePartitionKey = new byte[] { 5, 1, 3 } }))).ToArray();

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
