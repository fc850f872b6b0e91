namespace EventFunctions.EventSourcing;

/// <summary>Which commands a stream's head remembers.</summary>
/// <remarks>
/// Those with a fingerprint come from senders that chose the id themselves and may send it again much later; the others are
/// steps of processes. Each kind has a place of its own, so that a stream that processes keep busy does not forget, within
/// seconds, what a client may repeat after a time-out.
/// </remarks>
internal static class CommandHistory
{
    /// <summary>The history after a command. Pure.</summary>
    /// <param name="before">The history before it, oldest first.</param>
    /// <param name="handled">The command.</param>
    /// <param name="length">How many commands of each kind are remembered: the newest.</param>
    public static IReadOnlyList<HandledCommand> After(IReadOnlyList<HandledCommand> before, HandledCommand handled, int length)
    {
        var ofSenders = before.Count(IsOfSender) + (IsOfSender(handled) ? 1 : 0);
        var surplusOfSenders = ofSenders - length;
        var surplusOfProcesses = before.Count + 1 - ofSenders - length;
        var after = new List<HandledCommand>(before.Count + 1);
        foreach (var command in before.Append(handled))
        {
            if ((IsOfSender(command) ? surplusOfSenders-- : surplusOfProcesses--) <= 0)
            {
                after.Add(command);
            }
        }

        return after;
    }

    private static bool IsOfSender(HandledCommand command) => command.Fingerprint is not null;
}
