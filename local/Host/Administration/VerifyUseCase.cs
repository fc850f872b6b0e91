using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Administration;

/// <summary>The command <c>verify</c>: walks an app's store to its end and prints what it finds.</summary>
/// <param name="client">The app.</param>
/// <param name="output">Gets the findings.</param>
internal sealed class VerifyUseCase(AdminClient client, TextWriter output)
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code: a failure if anything was found.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (streams, events, compared, findings) = (0, 0L, 0, 0);
        string? continuation = null;
        do
        {
            var page = await client.VerifyAsync(continuation, cancellationToken);
            foreach (var finding in page.Findings)
            {
                var version = finding.Version is { } number ? $" event {number}" : string.Empty;
                await output.WriteLineAsync($"{finding.Code}: {finding.Stream}{version}: {finding.Detail}");
            }

            (streams, events, compared, findings, continuation) = (
                streams + page.Streams,
                events + page.Events,
                compared + page.SnapshotsCompared,
                findings + page.Findings.Count,
                page.Continuation);
        }
        while (continuation is not null);

        await output.WriteLineAsync($"Verified {events} events of {streams} streams, compared {compared} snapshots: {findings} findings.");
        return findings == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
