namespace EventFunctions.Local.DurableTask;

/// <summary>What is on its way in an engine.</summary>
/// <param name="WaitingTimers">Timers and scheduled starts that have not fired.</param>
/// <param name="ReadyInstances">Instances that wait for a worker.</param>
/// <param name="QueuedActivities">Activity calls that wait for a worker.</param>
/// <param name="Instances">Instances of any status.</param>
/// <param name="WatchedInstances">Instances whose start or end a client waits for.</param>
/// <param name="WaitingCode">Instances whose code waits in memory for the next episode.</param>
public sealed record EngineCounts(int WaitingTimers, int ReadyInstances, int QueuedActivities, int Instances, int WatchedInstances, int WaitingCode);
