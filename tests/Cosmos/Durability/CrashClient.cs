using System.Globalization;
using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Tests.Wire;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>Raw requests to a server that may be gone at any moment. No SDK: it would try again, and what is acknowledged is the question.</summary>
internal sealed class CrashClient(HttpClient http, Uri address, string container)
{
    public const string Database = "crash";

    private readonly string _link = $"dbs/{Database}/colls/{container}";

    /// <summary>Makes database and container, if they are not there.</summary>
    public async Task CreateContainerAsync()
    {
        await CreateAsync("dbs", "dbs", string.Empty, $$"""{"id":"{{Database}}"}""");
        await CreateAsync(
            $"dbs/{Database}/colls", "colls", $"dbs/{Database}", $$$"""{"id":"{{{container}}}","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2}}""");
    }

    /// <summary>Does one operation alone.</summary>
    public async Task<Answer> DoAsync(string partition, CrashOperation operation)
    {
        var item = $"{_link}/docs/{operation.Id}";
        (string, string)[] headers = [Key(partition)];
        return operation switch
        {
            CrashOperation.Create create => await SendAsync("POST", $"{_link}/docs", _link, create.Body(partition), headers),
            CrashOperation.Upsert upsert => await SendAsync("POST", $"{_link}/docs", _link, upsert.Body(partition), [.. headers, ("x-ms-documentdb-is-upsert", "True")]),
            CrashOperation.Replace replace => await SendAsync("PUT", item, item, replace.Body(partition), [.. headers, ("If-Match", replace.ETag)]),
            _ => await SendAsync("DELETE", item, item, body: null, headers),
        };
    }

    /// <summary>Does all of them or none.</summary>
    public Task<Answer> DoAsync(string partition, IReadOnlyList<CrashOperation> operations)
    {
        var batch = operations.Select(o => o switch
        {
            CrashOperation.Create create => $$"""{"operationType":"Create","resourceBody":{{create.Body(partition)}}}""",
            CrashOperation.Upsert upsert => $$"""{"operationType":"Upsert","resourceBody":{{upsert.Body(partition)}}}""",
            CrashOperation.Replace replace => $$"""{"operationType":"Replace","id":"{{o.Id}}","ifMatch":{{JsonSerializer.Serialize(replace.ETag)}},"resourceBody":{{replace.Body(partition)}}}""",
            _ => $$"""{"operationType":"Delete","id":"{{o.Id}}"}""",
        });
        return SendAsync(
            "POST",
            $"{_link}/docs",
            _link,
            $"[{string.Join(',', batch)}]",
            [Key(partition), ("x-ms-cosmos-is-batch-request", "True"), ("x-ms-cosmos-batch-atomic", "True")]);
    }

    /// <summary>All items of a partition.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadPartitionAsync(string partition)
    {
        var answer = await SendAsync("GET", $"{_link}/docs", _link, body: null, [Key(partition)]);
        return [.. answer.Body!.Value.GetProperty("Documents").EnumerateArray()];
    }

    /// <summary>A page of the change feed of a key range, from a continuation on.</summary>
    public Task<Answer> ReadChangesAsync(int range, string? continuation) => SendAsync(
        "GET",
        $"{_link}/docs",
        _link,
        body: null,
        [
            ("A-IM", "Incremental Feed"), ("x-ms-max-item-count", "50"),
            ("x-ms-documentdb-partitionkeyrangeid", range.ToString(CultureInfo.InvariantCulture)),
            .. continuation is null ? Array.Empty<(string, string)>() : [("If-None-Match", continuation)],
        ]);

    private async Task CreateAsync(string path, string type, string link, string body)
    {
        using var response = await RawRequest.SendAsync(http, address, "POST", path, type, link, Encoding.UTF8.GetBytes(body));
        Assert.True((int)response.StatusCode is 201 or 409, response.StatusCode.ToString());
    }

    private async Task<Answer> SendAsync(string method, string path, string link, string? body, (string, string)[] headers)
    {
        using var response = await RawRequest.SendAsync(http, address, method, path, "docs", link, body is null ? null : Encoding.UTF8.GetBytes(body), headers);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new Answer(
            (int)response.StatusCode,
            bytes.Length == 0 ? null : JsonElement.Parse(bytes),
            response.Headers.ETag?.Tag,
            response.Headers.TryGetValues("x-ms-session-token", out var session) ? session.First() : null);
    }

    private static (string, string) Key(string partition) => ("x-ms-documentdb-partitionkey", $"[\"{partition}\"]");
}

/// <summary>What a server said.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON, if there was any.</param>
/// <param name="ETag">Of an item; of the change feed, the continuation.</param>
/// <param name="Session">Key range and position: <c>0:-1#17</c>.</param>
internal sealed record Answer(int Status, JsonElement? Body, string? ETag, string? Session);

/// <summary>A write, of which each has a number of its own.</summary>
internal abstract record CrashOperation(string Id, long? Number)
{
    public sealed record Create(string Id, long? Number) : CrashOperation(Id, Number);

    public sealed record Upsert(string Id, long? Number) : CrashOperation(Id, Number);

    public sealed record Replace(string Id, long? Number, string ETag) : CrashOperation(Id, Number);

    public sealed record Delete(string Id) : CrashOperation(Id, Number: null);

    /// <summary>The item, of a size that goes by its number.</summary>
    public string Body(string partition) => $$"""{"id":"{{Id}}","pk":"{{partition}}","number":{{Number}},"text":"{{new string('x', (int)(Number!.Value % 1500))}}"}""";
}
