using System.Globalization;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>Writes to a partition of its own, one request after another, and knows what must be there.</summary>
internal sealed class CrashWorker(string partition, string container, Random random)
{
    private const int Ids = 12;

    /// <summary>What is there by all that was acknowledged: number and ETag of each item.</summary>
    private Dictionary<string, Known> _items = new(StringComparer.Ordinal);

    /// <summary>What is there if the request that got no answer was done.</summary>
    private Dictionary<string, Known>? _unknown;

    private long _lastNumber;

    public string Container => container;

    /// <summary>How many writes were acknowledged, and how many got no answer.</summary>
    public (int Acknowledged, int Unanswered) Count { get; private set; }

    /// <summary>The furthest position that an answer named, by key range.</summary>
    public Dictionary<int, long> Positions { get; } = [];

    /// <summary>The numbers of the items that are there, by id.</summary>
    public IEnumerable<(string Key, long Number)> Items => _items.Select(i => ($"{partition}/{i.Key}", i.Value.Number));

    /// <summary>Writes until there is no answer any more.</summary>
    public async Task WriteAsync(CrashClient client, Action acknowledged)
    {
        while (true)
        {
            var operations = Choose();
            var after = new Dictionary<string, Known>(_items, StringComparer.Ordinal);
            operations.ForEach(o => Apply(o, after));
            Answer answer;
            try
            {
                answer = operations is [var only] ? await client.DoAsync(partition, only) : await client.DoAsync(partition, operations);
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                _unknown = after;
                Count = Count with { Unanswered = Count.Unanswered + 1 };
                return;
            }

            Assert.True(answer.Status is 200 or 201 or 204, $"{string.Join(", ", operations)}: {answer.Status} {answer.Body}");
            Note(operations, answer, after);
            _items = after;
            Count = Count with { Acknowledged = Count.Acknowledged + 1 };
            acknowledged();
        }
    }

    /// <summary>Compares what is there with what must be: all that was acknowledged, and of the last request all or nothing.</summary>
    public async Task CheckAsync(CrashClient client)
    {
        var found = (await client.ReadPartitionAsync(partition))
            .ToDictionary(d => d.GetProperty("id").GetString()!, d => new Known(d.GetProperty("number").GetInt64(), d.GetProperty("_etag").GetString()!), StringComparer.Ordinal);
        Assert.True(
            Fits(found, _items) || (_unknown is not null && Fits(found, _unknown)),
            $"{partition}: found {Tell(found)}, but acknowledged is {Tell(_items)}, and with the request that got no answer {(_unknown is null ? "the same" : Tell(_unknown))}");
        (_items, _unknown) = (found, null);
    }

    private List<CrashOperation> Choose()
    {
        string[] ids = [.. Enumerable.Range(0, Ids).Select(i => $"i{i}")];
        random.Shuffle(ids);
        return [.. ids.Take(random.Next(3) == 0 ? random.Next(2, 8) : 1).Select(Choose)];
    }

    private CrashOperation Choose(string id) => _items.TryGetValue(id, out var known)
        ? random.Next(3) switch
        {
            0 => new CrashOperation.Delete(id),
            1 => new CrashOperation.Upsert(id, ++_lastNumber),
            _ => new CrashOperation.Replace(id, ++_lastNumber, known.ETag!),
        }
        : random.Next(2) == 0 ? new CrashOperation.Create(id, ++_lastNumber) : new CrashOperation.Upsert(id, ++_lastNumber);

    private static void Apply(CrashOperation operation, Dictionary<string, Known> items)
    {
        if (operation.Number is { } number)
        {
            items[operation.Id] = new Known(number, ETag: null);
        }
        else
        {
            items.Remove(operation.Id);
        }
    }

    private void Note(List<CrashOperation> operations, Answer answer, Dictionary<string, Known> after)
    {
        JsonElement[] results = operations.Count > 1 ? [.. answer.Body!.Value.EnumerateArray()] : [];
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i].Number is { } number)
            {
                var etag = results.Length > 0 ? results[i].GetProperty("eTag").GetString()! : answer.ETag!;
                after[operations[i].Id] = new Known(number, etag);
            }
        }

        var (range, position) = Parse(answer.Session!);
        Positions[range] = Math.Max(Positions.GetValueOrDefault(range), position);
    }

    /// <summary>Range and position of a session token.</summary>
    public static (int Range, long Position) Parse(string session) =>
        (int.Parse(session[..session.IndexOf(':')], CultureInfo.InvariantCulture), long.Parse(session[(session.IndexOf('#') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>An ETag that nobody was told may be any.</summary>
    private static bool Fits(Dictionary<string, Known> found, Dictionary<string, Known> expected) =>
        found.Count == expected.Count
        && expected.All(e => found.TryGetValue(e.Key, out var item) && item.Number == e.Value.Number && (e.Value.ETag is null || e.Value.ETag == item.ETag));

    private static string Tell(Dictionary<string, Known> items) =>
        $"{{{string.Join(' ', items.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key}={i.Value.Number}"))}}}";

    private sealed record Known(long Number, string? ETag);
}
