using EventFunctions.Local.DurableTask;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Durable;

/// <summary>Opens the durable engine: in memory at once, in a folder when the app starts, because reading what is there takes its time.</summary>
internal sealed class EngineOpening(
    FunctionTaskDispatcher dispatcher, DurableTaskEngineOptions engineOptions, LocalFunctionsOptions options, ILoggerFactory loggerFactory)
{
    private DurableTaskEngine? _engine = options.DurableTaskFolder is null
        ? new DurableTaskEngine(dispatcher, engineOptions, options.TimeProvider, loggerFactory)
        : null;

    /// <summary>The engine. The container, which hands it out, disposes of it.</summary>
    /// <exception cref="InvalidOperationException">It has a folder, and the app was not started.</exception>
    public DurableTaskEngine Engine => _engine
        ?? throw new InvalidOperationException("The durable engine has a folder, which is opened when the app starts. Ask for it after that.");

    /// <summary>Opens it, if it is not.</summary>
    /// <exception cref="IOException">The folder is in use or damaged, or the disk broken.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken) => _engine ??= await DurableTaskEngine.OpenAsync(
        options.DurableTaskFolder!, dispatcher, engineOptions, options.TimeProvider, loggerFactory, cancellationToken);
}
