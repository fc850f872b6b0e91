using System.Runtime.CompilerServices;

namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>A store some of whose events cannot be read.</summary>
public sealed class BreakingEventStore(IEventStore inner) : IEventStore
{
    /// <summary>What reading an event fails with, if it does.</summary>
    public Func<EventEnvelope, Exception?> Break { get; set; } = _ => null;

    public Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default) =>
        inner.LoadHeadAsync(stream, cancellationToken);

    public Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default) =>
        inner.AppendAsync(append, cancellationToken);

    public async IAsyncEnumerable<EventEnvelope> ReadAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var envelope in inner.ReadAsync(stream, fromVersion, cancellationToken))
        {
            yield return Break(envelope) is { } exception ? throw exception : envelope;
        }
    }
}
