namespace EventFunctions.Local.DurableTask;

/// <summary>An instance in memory. Only touched under the hub's lock, but for the history, which its one worker reads and nobody else changes.</summary>
internal sealed class InstanceEntry(InstanceState state)
{
    private long _nextSequence;

    /// <summary>What the last of the suspensions and resumptions in the inbox will make of it; <see langword="null"/> without any.</summary>
    private bool? _willBeSuspended;

    public InstanceState State { get; set; } = state;

    public List<HistoryEvent> History { get; private set; } = [];

    public List<InboxMessage> Inbox { get; } = [];

    /// <summary>Whether it waits for a worker or is in the hands of one.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether it will be suspended once what is in the inbox has been processed.</summary>
    public bool WillBeSuspended => _willBeSuspended ?? State.IsSuspended;

    /// <summary>The instance of a note, which is not queued.</summary>
    public static InstanceEntry Of(InstanceNote note)
    {
        var entry = new InstanceEntry(note.State) { _nextSequence = note.NextSequence };
        entry.History.AddRange(note.History);
        entry.Inbox.AddRange(note.Inbox);
        entry.LookForSteering();
        return entry;
    }

    /// <summary>The instance as it is now.</summary>
    public InstanceNote Note() => new(State, [.. History], [.. Inbox], _nextSequence);

    public void Put(string? executionId, HistoryEvent happened)
    {
        Inbox.Add(new InboxMessage(_nextSequence++, executionId, happened));
        _willBeSuspended = Steering(happened) ?? _willBeSuspended;
    }

    /// <summary>Whether a message that comes in now gives it something to do: a suspended one keeps what does not steer it for later.</summary>
    public bool IsWokenBy(HistoryEvent happened) => !State.IsSuspended || happened is not (HistoryEvent.EventReceived
        or HistoryEvent.TaskCompleted or HistoryEvent.TaskFailed or HistoryEvent.TimerFired);

    /// <summary>Takes messages out of the inbox; they are in order of their sequence.</summary>
    public void Consume(IReadOnlyList<long> sequences)
    {
        if (sequences.Count > 0 && Inbox.Count >= sequences.Count && Inbox[sequences.Count - 1].Sequence == sequences[^1])
        {
            Inbox.RemoveRange(0, sequences.Count);
        }
        else
        {
            var gone = sequences.ToHashSet();
            Inbox.RemoveAll(message => gone.Contains(message.Sequence));
        }

        if (_willBeSuspended is not null)
        {
            LookForSteering();
        }
    }

    /// <summary>Forgets the history; what is left of the inbox comes after what the next execution begins with.</summary>
    public void StartOver(HistoryEvent.ContinuedAsNew again)
    {
        History = [];
        InboxMessage[] late = [.. Inbox];
        ClearInbox();
        Put(again.Next.ExecutionId, again.Next);
        foreach (var carried in again.Carried)
        {
            Put(null, carried);
        }

        foreach (var message in late)
        {
            Put(message.ExecutionId, message.Event);
        }
    }

    public void ClearInbox()
    {
        Inbox.Clear();
        _willBeSuspended = null;
    }

    private void LookForSteering() =>
        _willBeSuspended = Inbox.Select(m => Steering(m.Event)).LastOrDefault(steering => steering is not null);

    private static bool? Steering(HistoryEvent happened) => happened switch
    {
        HistoryEvent.Suspended => true,
        HistoryEvent.Resumed => false,
        _ => null,
    };
}

/// <summary>An instance as it was at a moment, to be read while it goes on.</summary>
/// <param name="State">Where it stood.</param>
/// <param name="History">Its history.</param>
/// <param name="Inbox">What had reached it and was not history, in order.</param>
/// <param name="NextSequence">The place in the inbox that the next message gets.</param>
internal sealed record InstanceNote(
    InstanceState State, IReadOnlyList<HistoryEvent> History, IReadOnlyList<InboxMessage> Inbox, long NextSequence);
