using EventFunctions.Local.DurableTask.Durability;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Files;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

public sealed partial class DurableTaskEngine
{
    /// <summary>What was found in the folder; <see langword="null"/> for an engine that has none.</summary>
    public JournalRecovery? Recovery => _journal?.Recovery;

    /// <summary>
    /// Opens the engine of a folder, or begins one there. Instances, histories, inboxes, timers and activities that were queued or may
    /// not have ended are as they were when the last change became durable; nothing runs before the start.
    /// </summary>
    /// <param name="folder">The folder, which is the engine's own; it is made if there is none.</param>
    /// <param name="dispatcher">Runs the code.</param>
    /// <param name="options">Limits and defaults.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="loggerFactory">Where faults are reported, and an end of the log that was cut off.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalInUseException">The folder is another engine's.</exception>
    /// <exception cref="JournalUnreadableException">What is in the folder is damaged, of another version, or no engine's.</exception>
    /// <exception cref="IOException">The folder can't be read or written.</exception>
    public static Task<DurableTaskEngine> OpenAsync(
        string folder,
        ITaskDispatcher dispatcher,
        DurableTaskEngineOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggerFactory,
        CancellationToken cancellationToken) =>
        OpenAsync(DiskFolder.Open(folder), new JournalOptions(), dispatcher, options, timeProvider, loggerFactory, cancellationToken);

    /// <summary>The same on another disk, for tests of what happens when that fails.</summary>
    internal static async Task<DurableTaskEngine> OpenAsync(
        IJournalFolder folder,
        JournalOptions journalOptions,
        ITaskDispatcher dispatcher,
        DurableTaskEngineOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggerFactory,
        CancellationToken cancellationToken)
    {
        var logger = loggerFactory.CreateLogger<DurableTaskEngine>();
        var journal = await HubJournal.OpenAsync(folder, journalOptions, logger, cancellationToken);
        try
        {
            var engine = new DurableTaskEngine(dispatcher, options, timeProvider, loggerFactory, journal.Log, journal);
            engine._effects.ReleaseAll(Backlog.LineUp(journal.Tables));

            journal.StartCompacting(engine._hub, logger);
            return engine;
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }
}
