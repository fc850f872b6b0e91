using EventFunctions.EventSourcing;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Administration;

/// <summary>The command <c>export</c>: writes an app's streams into a file, chunk after chunk, each checked before it is written.</summary>
/// <param name="client">The app.</param>
/// <param name="output">Gets the counts.</param>
internal sealed class ExportUseCase(AdminClient client, TextWriter output)
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ExportArguments arguments, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            arguments.File, arguments.IsResumed ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        var last = arguments.IsResumed ? await FindEndAsync(file, cancellationToken) : null;
        if (last is { Footer.Continuation: null })
        {
            await output.WriteLineAsync($"{arguments.File} is complete; there is nothing to resume.");
            return ExitCodes.Success;
        }

        var (streams, events, chunks) = (0, 0, 0);
        do
        {
            var bytes = await client.ExportAsync(arguments.Stream, last?.Footer.Continuation, cancellationToken);
            var chunk = ExportChunk.Parse(bytes);
            await file.WriteAsync(bytes, cancellationToken);
            await file.FlushAsync(cancellationToken);
            (streams, events, chunks, last) = (streams + chunk.Footer.Streams, events + chunk.Footer.Events, chunks + 1, chunk);
        }
        while (last.Footer.Continuation is not null);

        await output.WriteLineAsync($"Exported {events} events of {streams} streams in {chunks} chunks to {arguments.File}.");
        return ExitCodes.Success;
    }

    /// <summary>The last whole chunk; what is behind it is cut off.</summary>
    private static async Task<ExportChunk?> FindEndAsync(FileStream file, CancellationToken cancellationToken)
    {
        ExportFilePart? last = null;
        try
        {
            await foreach (var part in ExportFile.ReadAsync(file, cancellationToken))
            {
                last = part with { Bytes = [] };
            }
        }
        catch (ExportFormatException) when (last is not null)
        {
            // What an interrupted export leaves: a chunk that was not written to its end. It is asked for again.
        }

        file.SetLength(last?.End ?? 0);
        file.Position = file.Length;
        return last?.Chunk;
    }
}
