namespace EventFunctions.Enrichment;

/// <summary>The message that is being handled; one per invocation, filled before the function runs.</summary>
public sealed class CurrentMessage
{
    private MessageCircumstances? _circumstances;

    /// <summary>What the message says of its event.</summary>
    /// <exception cref="InvalidOperationException">No message started this invocation.</exception>
    public MessageCircumstances Circumstances =>
        _circumstances ?? throw new InvalidOperationException("No message is being handled: only a function with a ServiceBusTrigger has one.");

    /// <summary>Takes what the message says.</summary>
    internal void Fill(MessageCircumstances circumstances) => _circumstances = circumstances;
}
