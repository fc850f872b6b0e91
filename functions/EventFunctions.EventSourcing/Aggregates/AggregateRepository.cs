namespace EventFunctions.EventSourcing;

/// <summary>Loads aggregates from an event store and runs commands against them, each once.</summary>
/// <remarks>
/// A command costs one head read and one append; a repeated, refused or ineffective one the head read alone; each lost race
/// one more of both. A repository keeps the heads it saw last, and a command on one of those streams costs the append alone.
/// A kept head may be old, so only an append that the store accepted under the head's token is answered from it: whatever
/// would write nothing, and whatever the store turns down, is decided again on a head read for it. Safe for concurrent use if
/// <c>random</c> is.
/// </remarks>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public sealed class AggregateRepository<TState, TEvent> : IAggregateRepository<TState, TEvent>
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    private readonly IEventStore _store;
    private readonly EventTypeRegistry _registry;
    private readonly EventValidator _validator;
    private readonly AggregateRepositoryOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Random _random;
    private readonly PersonalDataVault _personalData;
    private readonly StateReader<TState, TEvent> _states;
    private readonly KnownCache<StreamName, KnownHead<TState>> _heads;

    /// <summary>Creates a repository.</summary>
    /// <param name="store">Keeps the streams.</param>
    /// <param name="registry">Names the events and knows their rules.</param>
    /// <param name="options">How persistent it is, and how much it remembers.</param>
    /// <param name="timeProvider">Gives the events' time and the waits between attempts.</param>
    /// <param name="random">Spreads the waits; <see cref="Random.Shared"/> if none is given.</param>
    /// <param name="personalData">Seals what is personal in snapshots; <see cref="PersonalDataVault.None"/> if none is given.</param>
    public AggregateRepository(
        IEventStore store,
        EventTypeRegistry registry,
        AggregateRepositoryOptions options,
        TimeProvider timeProvider,
        Random? random = null,
        PersonalDataVault? personalData = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _store = store;
        _registry = registry;
        _validator = new EventValidator(registry);
        _options = options;
        _timeProvider = timeProvider;
        _random = random ?? Random.Shared;
        _personalData = personalData ?? PersonalDataVault.None;
        _states = new StateReader<TState, TEvent>(store, _personalData);
        _heads = new KnownCache<StreamName, KnownHead<TState>>(options.HeadCacheSize);
    }

    /// <inheritdoc/>
    /// <remarks>Always asks the store.</remarks>
    /// <exception cref="ArgumentException">The stream is of another category than the aggregate.</exception>
    public async Task<Loaded<TState>> LoadAsync(StreamName stream, CancellationToken cancellationToken = default)
    {
        CheckCategory(stream);
        var current = await ReadHeadAsync(stream, cancellationToken);
        return new Loaded<TState>(current.State, current.Head.Version);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The stream is of another category than the aggregate.</exception>
    /// <exception cref="InvalidEventException">An event that was decided cannot be read back or breaks a rule; nothing was written.</exception>
    public async Task<CommandResult<TState>> ExecuteAsync(
        StreamName stream, CommandContext command, Func<TState, Decision<TEvent>> decide, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(decide);
        CheckCategory(stream);
        if (_heads.Find(stream) is { } kept && await TryOnKeptHeadAsync(kept, command, decide, cancellationToken) is { } written)
        {
            return written;
        }

        for (var attempt = 1; attempt <= _options.MaxAttempts; attempt++)
        {
            if (attempt > 1)
            {
                await Task.Delay(_options.DelayLimit(attempt - 1) * _random.NextDouble(), _timeProvider, cancellationToken);
            }

            var current = await ReadHeadAsync(stream, cancellationToken);
            if (await TryAsync(current, command, decide, cancellationToken) is { } result)
            {
                return result;
            }
        }

        // What came before the last attempt may be this very command: a batch whose answer was lost is sent again by the
        // store's client, and finds itself in the way. The caller is not told that nothing was written without a look.
        var last = await ReadHeadAsync(stream, cancellationToken);
        return CommandVerdict<TState, TEvent>.Of(last, command, decide) is CommandVerdict<TState, TEvent>.Answered answered
            ? answered.Result
            : new CommandResult<TState>.Contended(_options.MaxAttempts);
    }

    private static void CheckCategory(StreamName stream)
    {
        if (stream.Category != TState.Category)
        {
            throw new ArgumentException($"'{stream}' is not a stream of category '{TState.Category}'.", nameof(stream));
        }
    }

    private async Task<KnownHead<TState>> ReadHeadAsync(StreamName stream, CancellationToken cancellationToken)
    {
        var head = await _store.LoadHeadAsync(stream, cancellationToken);
        var read = await _states.ReadAsync(stream, head, cancellationToken);
        var current = new KnownHead<TState>(stream, head with { Snapshot = _options.Snapshots.Keep(read.Snapshot) }, read.State);
        _heads.Keep(current);
        return current;
    }

    /// <summary>What the command wrote after a kept head, or <see langword="null"/> when a fresh one has to be read.</summary>
    private async Task<CommandResult<TState>?> TryOnKeptHeadAsync(
        KnownHead<TState> kept, CommandContext command, Func<TState, Decision<TEvent>> decide, CancellationToken cancellationToken)
    {
        if (CommandVerdict<TState, TEvent>.Of(kept, command, decide) is not CommandVerdict<TState, TEvent>.Appends appends)
        {
            return null;
        }

        try
        {
            return await AppendAsync(kept, command, appends.Events, cancellationToken);
        }
        catch (AppendTooLargeException)
        {
            // The size is checked before the token, so it may be an old state that asked for that much.
            return null;
        }
    }

    /// <summary>The result of one attempt, or <see langword="null"/> when another writer came first.</summary>
    private async Task<CommandResult<TState>?> TryAsync(
        KnownHead<TState> current, CommandContext command, Func<TState, Decision<TEvent>> decide, CancellationToken cancellationToken) =>
        CommandVerdict<TState, TEvent>.Of(current, command, decide) switch
        {
            CommandVerdict<TState, TEvent>.Answered answered => answered.Result,
            CommandVerdict<TState, TEvent>.Appends appends => await AppendAsync(current, command, appends.Events, cancellationToken),
            var other => throw new InvalidOperationException($"A command is answered or appends, not '{other}'."),
        };

    private async Task<CommandResult<TState>?> AppendAsync(
        KnownHead<TState> known, CommandContext command, IReadOnlyList<TEvent> events, CancellationToken cancellationToken)
    {
        _validator.Check(known.Stream, events);
        var writes = CommandAppend<TState, TEvent>.Compose(
            known, command, events, _registry, _timeProvider.GetUtcNow(), _options);
        var append = await writes.Append.SealedAsync<TState>(_personalData, cancellationToken);

        // From here on the command may take effect, so giving up would leave the caller in the dark.
        cancellationToken.ThrowIfCancellationRequested();
        AppendResult? result = null;
        try
        {
            result = await _store.AppendAsync(append, CancellationToken.None);
        }
        finally
        {
            // Also where the store threw and nobody knows which head the stream has now.
            if (result is not AppendResult.Appended)
            {
                _heads.Drop(known);
            }
        }

        switch (result)
        {
            case AppendResult.Appended appended:
                _heads.Keep(writes.Accepted(appended.Token, _options.Snapshots));
                return new CommandResult<TState>.Committed(writes.State, writes.Append.Head.Version, IsRepetition: false);
            case AppendResult.Conflict:
                return null;
            default:
                throw new InvalidOperationException($"An append is written or in conflict, not '{result}'.");
        }
    }
}
