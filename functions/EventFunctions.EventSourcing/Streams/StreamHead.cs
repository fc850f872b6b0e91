namespace EventFunctions.EventSourcing;

/// <summary>Where a stream stands: its version, its concurrency token, its snapshot and the commands that ran last.</summary>
/// <param name="Version">The version of the newest event; 0 when the stream does not exist.</param>
/// <param name="Token">
/// The store's concurrency token, never that of another head of the stream before or after; <see langword="null"/> when the
/// stream does not exist.
/// </param>
/// <param name="Time">The time of the newest event, UTC.</param>
/// <param name="Snapshot">The state at some version, where one is kept.</param>
/// <param name="Commands">The last commands that appended, oldest first.</param>
public sealed record StreamHead(long Version, string? Token, DateTimeOffset Time, StateSnapshot? Snapshot, IReadOnlyList<HandledCommand> Commands)
{
    /// <summary>The head of a stream that does not exist.</summary>
    public static StreamHead Absent { get; } = new(0, null, DateTimeOffset.MinValue, null, []);

    /// <summary>The command with this id, if it is among the last ones; the newest where there are several.</summary>
    public HandledCommand? Find(Guid commandId) => Commands.LastOrDefault(c => c.CommandId == commandId);
}

/// <summary>The state of an aggregate at a version, as JSON. It can be thrown away: the events tell the same.</summary>
/// <param name="Schema">The number of the state's stored shape, see <see cref="IAggregate{TSelf, TEvent}.StateSchema"/>.</param>
/// <param name="Version">The version of the stream the state was taken at.</param>
/// <param name="State">The state.</param>
public sealed record StateSnapshot(int Schema, long Version, RawJson State)
{
    /// <summary>The snapshot with the personal data of its state sealed.</summary>
    internal async ValueTask<StateSnapshot> SealAsync<TState>(
        StreamName stream, PersonalDataVault personalData, CancellationToken cancellationToken)
        where TState : class =>
        this with { State = await personalData.SealAsync(typeof(TState), State, PlaceOf(stream), stream.Tenant, cancellationToken) };

    /// <summary>The snapshot with what is sealed in it opened, or erased.</summary>
    /// <exception cref="StreamCorruptedException">A sealed value is not what was sealed there.</exception>
    internal async ValueTask<StateSnapshot> OpenAsync(StreamName stream, PersonalDataVault personalData, CancellationToken cancellationToken)
    {
        try
        {
            return this with { State = await personalData.OpenAsync(State, PlaceOf(stream), cancellationToken) };
        }
        catch (SealBrokenException exception)
        {
            throw new StreamCorruptedException(stream, Version, exception.Message, exception);
        }
    }

    // The head moves on with its stream, and takes an old snapshot with it: its version is no part of the place.
    private static string PlaceOf(StreamName stream) => $"{stream}/head";
}

/// <summary>A command that appended events.</summary>
/// <param name="CommandId">The command's id.</param>
/// <param name="Version">The stream's version after the command.</param>
/// <param name="Fingerprint">The hash of the request, where the sender gave one.</param>
public sealed record HandledCommand(Guid CommandId, long Version, string? Fingerprint = null);
