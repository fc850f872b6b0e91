using EventFunctions.Local.DurableTask;

namespace EventFunctions.Tests.Simulation;

/// <summary>A hub's log on a disk that is as slow as the simulation likes, and keeps what it said it would keep.</summary>
/// <param name="kept">What is on the disk from the start.</param>
internal sealed class SimulatedLog(IReadOnlyList<HubRecord> kept) : IHubLog
{
    private readonly List<HubRecord> _records = [.. kept];
    private readonly List<TaskCompletionSource> _unconfirmed = [];
    private bool _isClosed;

    /// <summary>How many records are not confirmed as durable.</summary>
    public int Unconfirmed => _unconfirmed.Count;

    /// <summary>What is durable, in order.</summary>
    public IEnumerable<HubRecord> Durable => _records.Take(_records.Count - _unconfirmed.Count);

    public Task AppendAsync(HubRecord record)
    {
        var confirmation = new TaskCompletionSource();
        if (!_isClosed)
        {
            _records.Add(record);
            _unconfirmed.Add(confirmation);
        }

        // Whoever appends for a process that is gone never hears of it.
        return confirmation.Task;
    }

    /// <summary>Confirms the oldest records; whoever waits for one goes on, on the caller's thread.</summary>
    public void Confirm(int count)
    {
        var confirmed = _unconfirmed.GetRange(0, count);
        _unconfirmed.RemoveRange(0, count);
        foreach (var confirmation in confirmed)
        {
            confirmation.SetResult();
        }
    }

    /// <summary>The process ends.</summary>
    /// <param name="survivors">How many of the unconfirmed records reached the disk all the same.</param>
    /// <returns>What is on the disk.</returns>
    public IReadOnlyList<HubRecord> Close(int survivors)
    {
        _isClosed = true;
        return [.. _records.Take(_records.Count - _unconfirmed.Count + survivors)];
    }
}
