namespace EventFunctions.EventSourcing.Testing;

/// <summary>
/// Given what happened and how steps answer, when a process runs, then which steps it issued, what it appended, and how it ended.
/// A process is whatever takes steps because of events: an orchestration, a saga, a handler that reacts to one event.
/// </summary>
/// <typeparam name="TResult">What the process ends with.</typeparam>
public sealed class ProcessSpecification<TResult>
{
    private readonly EventTypeRegistry _registry;
    private readonly Func<ProcessRun, CancellationToken, Task<TResult>> _process;
    private readonly IReadOnlyList<(StreamName Stream, IReadOnlyList<IDomainEvent> Events)> _histories;
    private readonly IReadOnlyList<StepAnswer> _answers;

    /// <summary>Specifies a process.</summary>
    /// <param name="registry">Names the events of the world it runs in.</param>
    /// <param name="process">Runs it: its steps go to <see cref="ProcessRun.Steps"/>, its aggregates are in <see cref="ProcessRun.World"/>.</param>
    public ProcessSpecification(EventTypeRegistry registry, Func<ProcessRun, CancellationToken, Task<TResult>> process)
        : this(registry, process, [], [])
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(process);
    }

    private ProcessSpecification(
        EventTypeRegistry registry,
        Func<ProcessRun, CancellationToken, Task<TResult>> process,
        IReadOnlyList<(StreamName Stream, IReadOnlyList<IDomainEvent> Events)> histories,
        IReadOnlyList<StepAnswer> answers)
    {
        _registry = registry;
        _process = process;
        _histories = histories;
        _answers = answers;
    }

    /// <summary>This happened before, beside what is given already.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="history">Its events, the oldest first.</param>
    public ProcessSpecification<TResult> Given(StreamName stream, params IEnumerable<IDomainEvent> history) =>
        new(_registry, _process, [.. _histories, (stream, [.. history])], _answers);

    /// <summary>Steps answer so. What is given earlier comes first.</summary>
    public ProcessSpecification<TResult> Given(params IEnumerable<StepAnswer> answers) =>
        new(_registry, _process, _histories, [.. _answers, .. answers]);

    /// <summary>The process runs, in a world of its own. What it throws is part of the outcome.</summary>
    /// <exception cref="SpecificationFailedException">It asked for a step that the specification does not answer.</exception>
    public async Task<ProcessOutcome<TResult>> WhenRunAsync(CancellationToken cancellationToken = default)
    {
        var run = new ProcessRun(new InMemoryWorld(_registry), new StepScript(_answers));
        foreach (var (stream, events) in _histories)
        {
            await run.World.GivenAsync(stream, events, cancellationToken);
        }

        TResult? result = default;
        Exception? failure = null;
        try
        {
            result = await _process(run, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever it is, the specification says whether it was to be expected, and shows it if not.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        return run.Steps.Unanswered is { Count: > 0 } unanswered
            ? throw StepScript.NoAnswer(unanswered)
            : new ProcessOutcome<TResult>(run, _histories.GroupBy(h => h.Stream).ToDictionary(g => g.Key, g => g.Sum(h => (long)h.Events.Count)), result, failure);
    }
}

/// <summary>What a process has around it in one run.</summary>
/// <param name="World">The aggregates and views.</param>
/// <param name="Steps">Where its steps go.</param>
public sealed record ProcessRun(InMemoryWorld World, StepScript Steps);
