using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>Messages of a topic's snapshot that several of its subscriptions have.</summary>
internal sealed class SharedMessages
{
    private readonly List<(KeptMessage Message, string? SessionId)> _messages = [];
    private readonly List<bool> _isHeld = [];

    /// <summary>How many there are.</summary>
    public int Count => _messages.Count;

    /// <summary>Takes the next one in. It is held for whoever takes it out first.</summary>
    public void Add(MessageStore store, ref RecordReader reader)
    {
        var message = reader.ReadMessage();
        _messages.Add((store.Keep(message), message.SessionId));
        _isHeld.Add(false);
    }

    /// <summary>One of them, which the caller holds from now on.</summary>
    public (KeptMessage Message, string? SessionId) Take(int place)
    {
        var (message, sessionId) = _messages[place];
        if (_isHeld[place])
        {
            message.Hold();
        }

        _isHeld[place] = true;
        return (message, sessionId);
    }

    /// <summary>A topic begins: what was shared before was another's.</summary>
    public void Clear()
    {
        _messages.Clear();
        _isHeld.Clear();
    }
}
