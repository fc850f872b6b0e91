using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>Follows the change feed of one key range over the server's deaths.</summary>
internal sealed class CrashFeed(string container, int range)
{
    /// <summary>Where it had come to before the server was killed.</summary>
    private string? _continuation;

    public string Container => container;

    /// <summary>
    /// Reads the feed from its beginning, and on from where it was: each item once, in the order of the writes, none missing, and
    /// nothing that was acknowledged further on than the feed goes.
    /// </summary>
    /// <returns>The items, with their numbers.</returns>
    public async Task<IReadOnlyList<(string Key, long Number)>> CheckAsync(CrashClient client, long acknowledged)
    {
        var (all, end, position) = await ReadAsync(client, continuation: null);
        Assert.True(position >= acknowledged, $"{container}/{range} is at {position}, but {acknowledged} was acknowledged");
        Assert.Equal(all.OrderBy(i => i.Lsn), all);
        Assert.Equal(all.Count, all.Select(i => i.Key).Distinct(StringComparer.Ordinal).Count());
        if (_continuation is not null)
        {
            var after = long.Parse(_continuation.Trim('"'), System.Globalization.CultureInfo.InvariantCulture);
            var (rest, _, _) = await ReadAsync(client, _continuation);
            Assert.Equal(all.Where(i => i.Lsn > after), rest);
        }

        _continuation = end;
        return [.. all.Select(i => (i.Key, i.Number))];
    }

    private async Task<(List<Change> Changes, string End, long Position)> ReadAsync(CrashClient client, string? continuation)
    {
        var changes = new List<Change>();
        while (true)
        {
            var answer = await client.ReadChangesAsync(range, continuation);
            continuation = answer.ETag;
            if (answer.Status == 304)
            {
                return (changes, continuation!, CrashWorker.Parse(answer.Session!).Position);
            }

            Assert.Equal(200, answer.Status);
            changes.AddRange(answer.Body!.Value.GetProperty("Documents").EnumerateArray().Select(ChangeOf));
        }
    }

    private static Change ChangeOf(JsonElement item) => new(
        $"{item.GetProperty("pk").GetString()}/{item.GetProperty("id").GetString()}", item.GetProperty("number").GetInt64(), item.GetProperty("_lsn").GetInt64());

    private sealed record Change(string Key, long Number, long Lsn);
}
