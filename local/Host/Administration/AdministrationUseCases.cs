using EventFunctions.EventSourcing;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Administration;

/// <summary>Runs the commands of administration against the app they name, and tells what failed.</summary>
internal static class AdministrationUseCases
{
    /// <summary>Longer than the longest answer: an app on Azure has 230 seconds for one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs <c>export</c>.</summary>
    public static Task<int> ExportAsync(ExportArguments arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments.Target, client => new ExportUseCase(client, Console.Out).RunAsync(arguments, cancellationToken), cancellationToken);

    /// <summary>Runs <c>import</c>.</summary>
    public static Task<int> ImportAsync(ImportArguments arguments, CancellationToken cancellationToken) =>
        RunAsync(
            arguments.Target,
            async client => await new ImportUseCase(client, await SourceAsync(arguments, cancellationToken), Console.Out).RunAsync(cancellationToken),
            cancellationToken);

    /// <summary>Runs <c>verify</c>.</summary>
    public static Task<int> VerifyAsync(VerifyArguments arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments.Target, client => new VerifyUseCase(client, Console.Out).RunAsync(cancellationToken), cancellationToken);

    private static async Task<IChunkSource> SourceAsync(ImportArguments arguments, CancellationToken cancellationToken) =>
        arguments.Mapping is { } mapping
            ? new MappedChunks(arguments.File, ForeignMapping.Parse(await File.ReadAllBytesAsync(mapping, cancellationToken)))
            : new ExportedChunks(arguments.File);

    private static async Task<int> RunAsync(AdminTarget target, Func<AdminClient, Task<int>> run, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = target.Url, Timeout = Patience };
        try
        {
            return await run(new AdminClient(http, target.Key));
        }
        catch (Exception exception) when (exception is AdminRequestException or ExportFormatException or ForeignMappingException
            or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("error: stopped before the end. What is done is done; the same command may be given again.");
            return ExitCodes.Failure;
        }
    }
}
