namespace EventFunctions.EventSourcing;

/// <summary>A message as one handler has it: each handler of a message remembers it for itself.</summary>
public readonly record struct InboxKey
{
    /// <summary>The longest name of a handler, in characters.</summary>
    public const int MaxHandlerLength = 100;

    /// <summary>The longest id of a message, in characters: a Service Bus message id holds no more.</summary>
    public const int MaxMessageIdLength = 128;

    private readonly string? _value;

    /// <summary>Composes a key.</summary>
    /// <param name="handler">Letters, digits and <c>-</c>: the handler's stable name, e.g. that of its function.</param>
    /// <param name="messageId">
    /// The message's id, the same in every delivery; without <c>/ \ ? # %</c> and without white space at its end, which the path of
    /// an item cannot hold.
    /// </param>
    /// <exception cref="ArgumentException">A part is empty, too long, or has a character it may not have.</exception>
    public InboxKey(string handler, string messageId)
    {
        ArgumentException.ThrowIfNullOrEmpty(handler);
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        if (handler.Length > MaxHandlerLength || !handler.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new ArgumentException($"'{handler}' is not a handler's name: letters, digits and '-', at most {MaxHandlerLength}.", nameof(handler));
        }

        if (messageId.Length > MaxMessageIdLength || messageId.AsSpan().IndexOfAny("/\\?#%") >= 0 || char.IsWhiteSpace(messageId[^1]))
        {
            throw new ArgumentException(
                $"'{messageId}' can't be a message's id: at most {MaxMessageIdLength} characters without / \\ ? # % and white space at the end.",
                nameof(messageId));
        }

        _value = $"{handler}:{messageId}";
    }

    /// <summary>The handler and the message, joined by a colon.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default InboxKey names nothing.");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
