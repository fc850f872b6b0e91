using System.Collections.Immutable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace EventFunctions.Local.DurableTask;

/// <summary>Limits and defaults of the engine.</summary>
public sealed record DurableTaskEngineOptions
{
    private readonly int _maxConcurrentOrchestrators = 10 * Environment.ProcessorCount;
    private readonly int _maxConcurrentActivities = 10 * Environment.ProcessorCount;
    private readonly int _maxExtendedSessions = 256;
    private readonly int _extendedSessionFrom = 100;
    private readonly TimeSpan _extendedSessionIdleTime = Timeout.InfiniteTimeSpan;
    private readonly TimeSpan _maximumTimerInterval = TimeSpan.FromDays(3);
    private readonly TimeSpan _maximumBlockingTime = TimeSpan.FromSeconds(5);
    private readonly TimeSpan _maximumEpisodeTime = TimeSpan.FromMinutes(1);

    /// <summary>How many instances run their code at the same time; at least 1, ten per processor by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxConcurrentOrchestrators
    {
        get => _maxConcurrentOrchestrators;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentOrchestrators = value;
        }
    }

    /// <summary>How many activities run at the same time; at least 1, ten per processor by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxConcurrentActivities
    {
        get => _maxConcurrentActivities;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentActivities = value;
        }
    }

    /// <summary>
    /// How many instances' code is left waiting between episodes, so that it need not be replayed; from 0, 256 by default. It is what
    /// Durable Functions calls extended sessions ("Performance and scale in Durable Functions", section "Extended sessions").
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int MaxExtendedSessions
    {
        get => _maxExtendedSessions;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxExtendedSessions = value;
        }
    }

    /// <summary>
    /// From how many events of history on code is left waiting; from 0, 100 by default. Replaying a shorter one costs little, and shows
    /// at once where code is not deterministic.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int ExtendedSessionFrom
    {
        get => _extendedSessionFrom;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _extendedSessionFrom = value;
        }
    }

    /// <summary>
    /// How long code that is left waiting is kept without being needed; until there is no room, by default. In the service it is
    /// <c>extendedSessionIdleTimeoutInSeconds</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero, nor <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public TimeSpan ExtendedSessionIdleTime
    {
        get => _extendedSessionIdleTime;
        init
        {
            if (value != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            }

            _extendedSessionIdleTime = value;
        }
    }

    /// <summary>
    /// How long one wait of orchestrator code may block its thread, e.g. for a lock; an instance whose code waits longer fails. 5 s by
    /// default. Deterministic code has nothing to wait for but its own tasks, which complete on the blocked thread.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero, or more than a day.</exception>
    public TimeSpan MaximumBlockingTime
    {
        get => _maximumBlockingTime;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            _maximumBlockingTime = value;
        }
    }

    /// <summary>
    /// How long orchestrator code may run at a time, its replay included; an instance whose code has not come back by then fails, and
    /// another thread takes the place of the lost one. One minute by default; it does not count while a debugger is attached.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero.</exception>
    public TimeSpan MaximumEpisodeTime
    {
        get => _maximumEpisodeTime;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            _maximumEpisodeTime = value;
        }
    }

    /// <summary>
    /// The clock of <see cref="MaximumEpisodeTime"/>: the system's, whatever clock the engine goes by. One that a test moves would take
    /// code that has just begun for code that does not come back.
    /// </summary>
    public TimeProvider EpisodeClock { get; init; } = TimeProvider.System;

    /// <summary>The version of instances that are started without one; empty for none.</summary>
    public string DefaultVersion { get; init; } = string.Empty;

    /// <summary>Which instances are run, by their version and <see cref="DefaultVersion"/>; all by default.</summary>
    public VersionMatchStrategy VersionMatch { get; init; } = VersionMatchStrategy.None;

    /// <summary>What becomes of an instance that is not run for its version; it waits by default.</summary>
    public VersionFailureStrategy VersionFailure { get; init; } = VersionFailureStrategy.Reject;

    /// <summary>
    /// How long one timer waits at most, three days by default as in the service; a longer one is several, one after the other. To
    /// change it breaks instances that wait for long timers: their history has another number of them.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero.</exception>
    public TimeSpan MaximumTimerInterval
    {
        get => _maximumTimerInterval;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            _maximumTimerInterval = value;
        }
    }

    /// <summary>What orchestrations find in <see cref="TaskOrchestrationContext.Properties"/>; nothing by default.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = ImmutableDictionary<string, object?>.Empty;

    /// <summary>Serializes inputs, results, events and statuses.</summary>
    public DataConverter DataConverter { get; init; } = JsonDataConverter.Default;
}
