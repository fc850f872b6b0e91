namespace EventFunctions.Local.DurableTask;

public sealed partial class DurableTaskEngine
{
    /// <summary>
    /// Takes the present code of an orchestrator through a recorded history and finds the first point where it does something else.
    /// Neither activities nor sub-orchestrations run, and the engine's own instances are not touched; it need not have been started.
    /// </summary>
    /// <param name="instance">The instance, as the management API of any task hub tells of it.</param>
    /// <param name="version">The version it was started with, where its history does not tell; the engine's own if none is given.</param>
    public Task<ReplayVerdict> CheckReplayAsync(RecordedInstance instance, string? version = null)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return HistoryReplay.RunAsync(instance, _episodes, version ?? _options.DefaultVersion);
    }
}
