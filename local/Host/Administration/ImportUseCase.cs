using EventFunctions.EventSourcing;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Administration;

/// <summary>The command <c>import</c>: looks through the whole file first, and then sends it to an app, chunk after chunk.</summary>
/// <param name="client">The app.</param>
/// <param name="source">The file's chunks, as often as they are asked for.</param>
/// <param name="output">Gets the counts and what is refused.</param>
internal sealed class ImportUseCase(AdminClient client, IChunkSource source, TextWriter output)
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code: a failure if anything was refused.</returns>
    /// <exception cref="ExportFormatException">The file is damaged or incomplete; nothing was sent.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await source.CheckAsync(cancellationToken);
        var (total, chunks) = (ImportReport.Empty, 0);
        await foreach (var part in source.ReadAsync(cancellationToken))
        {
            var report = await client.ImportAsync(part.Bytes, cancellationToken);
            chunks++;
            total = total.And(report with
            {
                Problems = [.. report.Problems.Select(p => p with { Line = source.LineOf(part, p.Line) })],
            });
        }

        foreach (var problem in total.Problems)
        {
            var version = problem.Version is { } number ? $" event {number}" : string.Empty;
            await output.WriteLineAsync($"line {problem.Line}: {problem.Stream}{version}: {problem.Cause}");
        }

        await output.WriteLineAsync(
            $"Read {total.Read} events in {chunks} chunks: {total.Written} written, {total.Skipped} already there, {total.Refused} refused.");
        return total.Refused > 0 || total.Problems.Count > 0 ? ExitCodes.Failure : ExitCodes.Success;
    }
}

/// <summary>Where an import's chunks come from.</summary>
internal interface IChunkSource
{
    /// <summary>Looks through all of it before anything is sent.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>The chunks, in order.</summary>
    IAsyncEnumerable<ExportFilePart> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The line of the file that a line of a chunk comes from.</summary>
    int LineOf(ExportFilePart part, int line);
}
