using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.ReplayCheck;

/// <summary>The command <c>replay-check</c>: replays every history of a folder and tells where the code goes another way.</summary>
/// <param name="replay">Replays an instance that was started with a version; <see langword="null"/> for that of host.json.</param>
/// <param name="output">Gets the findings.</param>
internal sealed class ReplayCheckUseCase(Func<RecordedInstance, string?, Task<ReplayVerdict>> replay, TextWriter output)
{
    /// <summary>Runs it on the app of this process, which is composed and started on an empty task hub.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ReplayCheckArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using var runtime = await LocalRuntime.StartAsync(new LocalRuntimeOptions(), cancellationToken);
            var engine = runtime.Services.GetRequiredService<DurableTaskEngine>();
            return await new ReplayCheckUseCase(engine.CheckReplayAsync, Console.Out).CheckAsync(arguments, cancellationToken);
        }
        catch (Exception exception) when (exception is LocalRuntimeException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCodes.Failure;
        }
    }

    /// <summary>Checks.</summary>
    /// <returns>The exit code: a failure if any history diverges or cannot be read, and if there is none.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public async Task<int> CheckAsync(ReplayCheckArguments arguments, CancellationToken cancellationToken)
    {
        var (agreed, notBegun, failed) = (0, 0, 0);
        foreach (var file in Directory.EnumerateFiles(arguments.Folder, "*.json").Order(StringComparer.Ordinal))
        {
            switch (await CheckAsync(file, arguments.Versions, cancellationToken))
            {
                case (null, ReplayVerdict.NotBegun):
                    notBegun++;
                    break;
                case (null, _):
                    agreed++;
                    break;
                case ({ } finding, _):
                    failed++;
                    await output.WriteLineAsync(finding);
                    break;
            }
        }

        var begun = notBegun == 0 ? string.Empty : $", {notBegun} had not begun";
        await output.WriteLineAsync($"Replayed {agreed + failed} histories: {agreed} agree with the code, {failed} do not{begun}.");
        if (agreed + failed + notBegun > 0)
        {
            return failed == 0 ? ExitCodes.Success : ExitCodes.Failure;
        }

        await output.WriteLineAsync($"There are no histories in {arguments.Folder}. Write some with export-histories.");
        return ExitCodes.Failure;
    }

    /// <summary>Where a history does not tell its version, it has to agree with the code as any of the given ones.</summary>
    private async Task<(string? Finding, ReplayVerdict? Verdict)> CheckAsync(string file, IReadOnlyList<string> versions, CancellationToken cancellationToken)
    {
        RecordedInstance instance;
        try
        {
            instance = RecordedInstanceReader.Read(await File.ReadAllBytesAsync(file, cancellationToken));
        }
        catch (HistoryFormatException exception)
        {
            return ($"{Path.GetFileName(file)}: {exception.Message}", null);
        }

        string? finding = null;
        ReplayVerdict? verdict = null;
        IReadOnlyList<string?> possible = instance.Version is not null || versions.Count == 0 ? [null] : [.. versions];
        foreach (var version in possible)
        {
            verdict = await replay(instance, version);
            if (FindingOf(instance, version, verdict) is not { } found)
            {
                return (null, verdict);
            }

            finding = finding is null ? found : $"{finding}{Environment.NewLine}{found}";
        }

        return (finding, verdict);
    }

    private static string? FindingOf(RecordedInstance instance, string? version, ReplayVerdict verdict)
    {
        var who = version is null ? $"{instance.Name} '{instance.InstanceId}'" : $"{instance.Name} '{instance.InstanceId}' as version {version}";
        return verdict switch
        {
            ReplayVerdict.Agrees or ReplayVerdict.NotBegun => null,
            ReplayVerdict.UnknownOrchestrator =>
                $"{who}: the code has no orchestrator '{instance.Name}'. Keep it until none of its instances is under way.",
            ReplayVerdict.Diverges diverges =>
                $"{who}: at event #{diverges.Position} of {instance.Events.Count} the history says that {diverges.History}, but the code {diverges.Code}.",
            _ => throw new InvalidOperationException($"'{verdict}' is no verdict of a replay."),
        };
    }
}
