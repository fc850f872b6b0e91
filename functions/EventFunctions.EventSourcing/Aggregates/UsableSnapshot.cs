using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>A snapshot that was found to serve, and the state in it.</summary>
/// <param name="Snapshot">The snapshot, opened.</param>
/// <param name="State">The state at its version.</param>
internal sealed record UsableSnapshot<TState>(StateSnapshot Snapshot, TState State)
    where TState : class
{
    /// <summary>What a head's snapshot gives for a version, or <see langword="null"/> if it does not serve.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="head">The head.</param>
    /// <param name="upTo">The version that is asked for: a snapshot from beyond it is of no use.</param>
    /// <param name="schema">The number of the state's shape in this code.</param>
    /// <param name="personalData">Opens what is sealed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StreamCorruptedException">A sealed value is not what was sealed there.</exception>
    public static async ValueTask<UsableSnapshot<TState>?> OfAsync(
        StreamName stream, StreamHead head, long upTo, int schema, PersonalDataVault personalData, CancellationToken cancellationToken)
    {
        if (head.Snapshot is not { } stored || stored.Schema != schema || stored.Version > upTo)
        {
            return null;
        }

        try
        {
            var snapshot = await stored.OpenAsync(stream, personalData, cancellationToken);
            return snapshot.State.To<TState>() is { } state ? new UsableSnapshot<TState>(snapshot, state) : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException)
        {
            // A snapshot of the right number in the wrong shape: the number was not raised with the shape. The events are
            // the truth and tell the same state, and a later append replaces the snapshot.
            return null;
        }
    }
}
