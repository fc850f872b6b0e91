using System.Buffers.Binary;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;

namespace EventFunctions.Local.Journal.Tests;

/// <summary>Journals whose records are numbers, so that a test can tell which of them are there, and whether they are whole.</summary>
internal static class Given
{
    public const byte Kind = 7;

    /// <summary>A journal that is never due for compaction by itself.</summary>
    public static readonly JournalOptions Options = new() { Compaction = new CompactionPolicy { MinBytes = long.MaxValue / 4 } };

    /// <summary>A record that says its number, and is as long as that number and a seed say.</summary>
    public static byte[] Payload(int number, int length)
    {
        var payload = new byte[sizeof(int) + length];
        payload.AsSpan().Fill((byte)number);
        BinaryPrimitives.WriteInt32LittleEndian(payload, number);
        return payload;
    }

    public static Task AppendAsync(DurableJournal journal, int number, int length = 20) => journal.AppendAsync(Kind, Payload(number, length));

    /// <summary>The number of a record, of which all bytes are checked.</summary>
    public static int NumberOf(byte kind, ReadOnlySpan<byte> payload)
    {
        Assert.Equal(Kind, kind);
        var number = BinaryPrimitives.ReadInt32LittleEndian(payload);
        Assert.False(payload[sizeof(int)..].ContainsAnyExcept((byte)number), $"record {number} has bytes of another");
        return number;
    }

    /// <summary>Opens a journal, with the numbers of the records that it has.</summary>
    public static async Task<(DurableJournal Journal, List<int> Numbers)> OpenAsync(IJournalFolder folder, JournalOptions? options = null)
    {
        var numbers = new List<int>();
        var journal = await DurableJournal.OpenAsync(folder, options ?? Options, (kind, payload) => numbers.Add(NumberOf(kind, payload)), CancellationToken.None);
        return (journal, numbers);
    }

    /// <summary>The numbers of the records in a journal that is closed.</summary>
    public static async Task<List<int>> ReadAsync(IJournalFolder folder)
    {
        var (journal, numbers) = await OpenAsync(folder);
        await journal.DisposeAsync();
        return numbers;
    }

    /// <summary>Writes a snapshot of these numbers.</summary>
    public static async Task CompactAsync(DurableJournal journal, IReadOnlyList<int> numbers)
    {
        await using var snapshot = journal.BeginSnapshot();
        foreach (var number in numbers)
        {
            snapshot.Write(Kind, Payload(number, 30));
        }

        await snapshot.CommitAsync(CancellationToken.None);
    }
}
