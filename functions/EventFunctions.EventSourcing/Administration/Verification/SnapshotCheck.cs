using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Judges the snapshots of an aggregate by its own code. Safe for concurrent use.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public sealed class SnapshotCheck<TState, TEvent> : ISnapshotCheck
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    private readonly PersonalDataMap _personalData = PersonalDataMap.Of(typeof(TState));

    /// <inheritdoc/>
    public string Category => TState.Category;

    /// <inheritdoc/>
    public SnapshotStanding Judge(StateSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Schema != TState.StateSchema)
        {
            return SnapshotStanding.Outdated;
        }

        try
        {
            return snapshot.State.To<TState>() is null ? SnapshotStanding.Unreadable : SnapshotStanding.Usable;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException)
        {
            return SnapshotStanding.Unreadable;
        }
    }

    /// <inheritdoc/>
    public ISnapshotReplay Replay() => new StateReplay(_personalData);

    private sealed class StateReplay(PersonalDataMap personalData) : ISnapshotReplay
    {
        private static readonly byte[] ErasedJson = JsonSerializer.SerializeToUtf8Bytes(ErasedText.Value);
        private TState _state = TState.Initial;

        public bool Apply(EventEnvelope envelope)
        {
            ArgumentNullException.ThrowIfNull(envelope);
            if (envelope.Data is not TEvent data)
            {
                return false;
            }

            _state = _state.Apply(data);
            return true;
        }

        public bool Matches(StateSnapshot snapshot)
        {
            ArgumentNullException.ThrowIfNull(snapshot);

            // As the state would be written today: what is left out or added without a meaning makes no difference.
            var kept = snapshot.State.To<TState>();
            return kept is not null && AreSame(
                JsonSerializer.SerializeToUtf8Bytes(kept, EventJson.Options), JsonSerializer.SerializeToUtf8Bytes(_state, EventJson.Options));
        }

        private bool AreSame(byte[] kept, byte[] replayed) =>
            AreEqual(kept, replayed) || (HasErased(kept, replayed) && AreEqual(WithoutPersonalData(kept), WithoutPersonalData(replayed)));

        private static bool AreEqual(byte[] a, byte[] b) => JsonElement.DeepEquals(
            JsonSerializer.Deserialize<JsonElement>(a), JsonSerializer.Deserialize<JsonElement>(b));

        // Of an erased person one may still be in clear what the other has not: events from before they were sealed.
        private static bool HasErased(byte[] a, byte[] b) => a.AsSpan().IndexOf(ErasedJson) >= 0 || b.AsSpan().IndexOf(ErasedJson) >= 0;

        private byte[] WithoutPersonalData(byte[] json) => ValueSpan.Replace(json, personalData.Find(json), _ => ErasedJson);
    }
}
