using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace EventFunctions.EventSourcing;

/// <summary>Chunks one after the other in a file or another stream of bytes.</summary>
public static class ExportFile
{
    /// <summary>A chunk with this many bytes and no footer is none: twice what a request takes.</summary>
    private const int MaxChunkBytes = 8 * 1024 * 1024;

    /// <summary>Cuts a file into its chunks, one in memory at a time, and checks each and that each follows the one before.</summary>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ExportFormatException">
    /// It is damaged or incomplete there; the line is the file's. The chunks before are whole.
    /// </exception>
    public static async IAsyncEnumerable<ExportFilePart> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var check = ChecksumChain.Start;
        var (chunks, firstLine) = (0, 1);
        long end = 0;
        await foreach (var bytes in SplitAsync(file, cancellationToken))
        {
            var chunk = Parse(bytes, firstLine);
            if (chunk.Header.Chunk != chunks || chunk.Header.After != check)
            {
                throw new ExportFormatException(
                    firstLine, $"chunk {chunk.Header.Chunk} does not follow what is before it: chunk {chunks} is missing, or of another export.");
            }

            end += bytes.Length;
            yield return new ExportFilePart(bytes, chunk, firstLine, end);
            check = chunk.Check;
            chunks++;
            firstLine += chunk.Lines.Count + 2;
        }
    }

    private static ExportChunk Parse(byte[] bytes, int firstLine)
    {
        try
        {
            return ExportChunk.Parse(bytes);
        }
        catch (ExportFormatException exception)
        {
            throw new ExportFormatException(firstLine + exception.Line - 1, exception.Cause, exception);
        }
    }

    private static async IAsyncEnumerable<byte[]> SplitAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(leaveOpen: true));
        var chunk = new ArrayBufferWriter<byte>();
        var isEnd = false;
        while (!isEnd)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            isEnd = read.IsCompleted;
            while (buffer.PositionOf((byte)'\n') is { } feed)
            {
                var line = buffer.Slice(0, buffer.GetPosition(1, feed)).ToArray();
                buffer = buffer.Slice(line.Length);
                chunk.Write(line);
                if (ExportLine.IsFooter(line) || chunk.WrittenCount > MaxChunkBytes)
                {
                    yield return chunk.WrittenSpan.ToArray();
                    chunk.Clear();
                }
            }

            if (isEnd)
            {
                chunk.Write(buffer.ToArray());
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }

        await reader.CompleteAsync();
        if (chunk.WrittenCount > 0)
        {
            yield return chunk.WrittenSpan.ToArray();
        }
    }
}

/// <summary>A chunk of a file.</summary>
/// <param name="Bytes">The chunk as it is in the file.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="FirstLine">The file's line that it begins with, 1 for the first.</param>
/// <param name="End">Where in the file it ends, in bytes.</param>
public sealed record ExportFilePart(byte[] Bytes, ExportChunk Chunk, int FirstLine, long End);
