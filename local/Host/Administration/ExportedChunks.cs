using System.Runtime.CompilerServices;
using EventFunctions.EventSourcing;

namespace EventFunctions.Local.Host.Administration;

/// <summary>The chunks of a file that an export wrote.</summary>
/// <param name="path">The file.</param>
internal sealed class ExportedChunks(string path) : IChunkSource
{
    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        ExportFilePart? last = null;
        await foreach (var part in ReadAsync(cancellationToken))
        {
            last = part;
        }

        if (last is null || last.Chunk.Footer.Continuation is not null)
        {
            var line = last is null ? 1 : last.FirstLine + last.Chunk.Lines.Count + 2;
            throw new ExportFormatException(line, "the file ends before the export does. Resume the export, then import.");
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ExportFilePart> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await foreach (var part in ExportFile.ReadAsync(file, cancellationToken))
        {
            yield return part;
        }
    }

    /// <inheritdoc/>
    public int LineOf(ExportFilePart part, int line) => part.FirstLine + line - 1;
}
