using System.Text;
using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Administration;

/// <summary>A file that is not what was exported is found out at its line, and nothing of the chunk is imported.</summary>
public sealed class ExportFormatTests
{
    [Fact]
    public async Task Whatever_byte_of_a_chunk_is_changed_the_chunk_is_refused_there_or_at_the_next_line()
    {
        var lines = await ChunkAsync(5);
        var bytes = lines.SelectMany(l => l).ToArray();
        Prop.ForAll(Gen.Choose(0, bytes.Length - 2).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (at, by) =>
        {
            var changed = bytes.ToArray();
            changed[at] ^= (byte)by;
            var exception = Assert.Throws<ExportFormatException>(() => ExportChunk.Parse(changed));
            var line = bytes.Take(at).Count(b => b == '\n') + 1;
            Assert.InRange(exception.Line, line, line + 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public async Task Wherever_a_chunk_ends_too_early_it_is_refused()
    {
        var bytes = (await ChunkAsync(3)).SelectMany(l => l).ToArray();

        // Without its last line feed the chunk is whole.
        for (var length = 0; length < bytes.Length - 1; length++)
        {
            Assert.Throws<ExportFormatException>(() => ExportChunk.Parse(bytes.AsSpan(0, length)));
        }

        Assert.Equal(3, ExportChunk.Parse(bytes.AsSpan(0, bytes.Length - 1)).Footer.Events);
    }

    [Fact]
    public async Task A_line_that_is_missing_doubled_or_moved_is_refused_at_its_place()
    {
        var lines = await ChunkAsync(5);

        Assert.Equal(3, LineOf([.. lines[..2], .. lines[3..]]));
        Assert.Equal(4, LineOf([.. lines[..3], lines[2], .. lines[3..]]));
        Assert.Equal(3, LineOf([lines[0], lines[1], lines[3], lines[2], .. lines[4..]]));
        Assert.Equal(8, LineOf(lines[..^1]));
        Assert.Equal(9, LineOf([.. lines, lines[^1]]));
        Assert.Equal(2, LineOf([lines[0], Encoding.UTF8.GetBytes("\n"), .. lines[1..]]));
        Assert.Equal(1, LineOf(lines[1..]));
        Assert.Equal(1, LineOf([Encoding.UTF8.GetBytes("{\"order\":1}\n")]));
        Assert.Equal(1, LineOf([]));
    }

    [Fact]
    public async Task A_file_is_read_chunk_by_chunk_with_the_lines_of_the_file()
    {
        var (file, chunks) = await FileAsync();

        var parts = await ReadAsync(file);

        Assert.Equal(chunks.Select(Encoding.UTF8.GetString), parts.Select(p => Encoding.UTF8.GetString(p.Bytes)));
        Assert.Equal([1, 1003, 2005], parts.Select(p => p.FirstLine));
        Assert.Equal(file.Length, parts[^1].End);
        Assert.Null(parts[^1].Chunk.Footer.Continuation);
    }

    [Fact]
    public async Task A_chunk_that_is_missing_doubled_or_of_another_export_is_refused_at_the_files_line()
    {
        var (_, chunks) = await FileAsync();
        var (_, others) = await FileAsync();

        Assert.Equal(1003, await FileLineAsync(chunks[0], chunks[2]));
        Assert.Equal(1003, await FileLineAsync(chunks[0], chunks[0]));
        Assert.Equal(1003, await FileLineAsync(chunks[0], others[1]));
        Assert.Equal(1, await FileLineAsync(chunks[1]));
        Assert.Equal(1003, await FileLineAsync(chunks[0], chunks[1].AsSpan(10).ToArray()));
        Assert.InRange(await FileLineAsync(chunks[0], chunks[1].AsSpan(0, 5000).ToArray()), 1004, 1100);
    }

    private static int LineOf(IEnumerable<byte[]> lines) =>
        Assert.Throws<ExportFormatException>(() => ExportChunk.Parse(lines.SelectMany(l => l).ToArray())).Line;

    private static async Task<int> FileLineAsync(params byte[][] chunks) =>
        (await Assert.ThrowsAsync<ExportFormatException>(() => ReadAsync(chunks.SelectMany(c => c).ToArray()))).Line;

    private static async Task<IReadOnlyList<ExportFilePart>> ReadAsync(byte[] file)
    {
        var parts = new List<ExportFilePart>();
        await foreach (var part in ExportFile.ReadAsync(new MemoryStream(file)))
        {
            parts.Add(part);
        }

        return parts;
    }

    private static async Task<(byte[] File, IReadOnlyList<byte[]> Chunks)> FileAsync()
    {
        var chunks = new List<byte[]>();
        var (exporter, stream) = await FilledAsync(2500);
        string? continuation = null;
        do
        {
            var chunk = new List<byte>();
            await foreach (var line in exporter.ExportAsync(new ExportRequest("test", stream, continuation)))
            {
                chunk.AddRange(line);
            }

            chunks.Add([.. chunk]);
            continuation = ExportChunk.Parse(chunks[^1]).Footer.Continuation;
        }
        while (continuation is not null);

        return ([.. chunks.SelectMany(c => c)], chunks);
    }

    private static async Task<List<byte[]>> ChunkAsync(int events)
    {
        var (exporter, stream) = await FilledAsync(events);
        var lines = new List<byte[]>();
        await foreach (var line in exporter.ExportAsync(new ExportRequest("test", stream)))
        {
            lines.Add(line);
        }

        return lines;
    }

    private static async Task<(StoreExporter Exporter, StreamName Stream)> FilledAsync(int events)
    {
        var ports = StorePorts.InMemory();
        var stream = NewStream();
        for (var written = 0; written < events;)
        {
            var count = Math.Min(500, events - written);
            await Repository(ports.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, [.. Enumerable.Repeat(1, count)]));
            written += count;
        }

        var history = new StreamHistory(ports.Items, ports.Archive, ports.Tombstones);
        return (new StoreExporter(ports.Directory, ports.Store, history, ports.Tombstones, new ManualTimeProvider()), stream);
    }
}
