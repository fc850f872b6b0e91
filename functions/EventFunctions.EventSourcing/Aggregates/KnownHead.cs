namespace EventFunctions.EventSourcing;

/// <summary>A stream's head with the state that belongs to it: all that a command is decided on.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Head">
/// The head, with a snapshot only where the next append may carry it on: <paramref name="State"/> takes its place otherwise,
/// and its JSON would be kept for nothing.
/// </param>
/// <param name="State">The state at the head's version; shared by all who know the head, as it never changes.</param>
internal sealed record KnownHead<TState>(StreamName Stream, StreamHead Head, TState State) : IKnownItem<StreamName>
    where TState : class
{
    StreamName IKnownItem<StreamName>.Key => Stream;

    long IKnownItem<StreamName>.Version => Head.Version;

    string? IKnownItem<StreamName>.Token => Head.Token;
}
