namespace EventFunctions.EventSourcing.Testing;

/// <summary>What a process did and how it ended.</summary>
/// <typeparam name="TResult">What the process ends with.</typeparam>
public sealed class ProcessOutcome<TResult>
{
    private readonly ProcessRun _run;
    private readonly IReadOnlyDictionary<StreamName, long> _given;
    private readonly TResult? _result;
    private readonly Exception? _failure;

    internal ProcessOutcome(ProcessRun run, IReadOnlyDictionary<StreamName, long> given, TResult? result, Exception? failure)
    {
        _run = run;
        _given = given;
        _result = result;
        _failure = failure;
    }

    /// <summary>Every step it issued, in order, with its input.</summary>
    public IReadOnlyList<IssuedStep> Issued => _run.Steps.Issued;

    /// <summary>The world as the process left it.</summary>
    public InMemoryWorld World => _run.World;

    /// <summary>Just these steps, in this order.</summary>
    /// <exception cref="SpecificationFailedException">It issued others, or in another order.</exception>
    public ProcessOutcome<TResult> ThenSteps(params IEnumerable<ExpectedSteps> expected)
    {
        var groups = expected.ToList();
        var issued = new Queue<string>(Issued.Select(s => s.Name));
        var actual = new List<string>();
        foreach (var group in groups)
        {
            // As many steps as stand side by side here are compared without their order.
            actual.Add(Line(Enumerable.Range(0, Math.Min(group.Names.Count, issued.Count)).Select(_ => issued.Dequeue())));
        }

        actual.AddRange(issued);
        Expectation.SameText("The steps", Lines(groups.Select(g => Line(g.Names))), Lines(actual));
        return this;
    }

    /// <summary>It ended with this.</summary>
    /// <exception cref="SpecificationFailedException">It ended otherwise, or failed.</exception>
    public ProcessOutcome<TResult> ThenEnded(TResult expected)
    {
        Expectation.Same("The result", expected, Result());
        return this;
    }

    /// <summary>It failed with this.</summary>
    /// <typeparam name="TException">What it threw, or a base of that.</typeparam>
    /// <exception cref="SpecificationFailedException">It ended well, or with another exception.</exception>
    public TException ThenFailed<TException>()
        where TException : Exception => _failure switch
        {
            TException expected => expected,
            null => throw new SpecificationFailedException($"The process was to fail with {typeof(TException).Name}, but ended with {Described.Of(_result)}."),
            var other => throw new SpecificationFailedException(
                $"The process was to fail with {typeof(TException).Name}, but failed with {other.GetType().Name}: {other.Message}", other),
        };

    /// <summary>To this stream it appended just these events, beyond those that were given.</summary>
    /// <exception cref="SpecificationFailedException">It appended others.</exception>
    public async Task<ProcessOutcome<TResult>> ThenEventsAsync(StreamName stream, params IEnumerable<IDomainEvent> expected)
    {
        var appended = await World.EventsAsync(stream, _given.GetValueOrDefault(stream) + 1);
        Expectation.SameInOrder($"What was appended to '{stream}'", [.. expected], [.. appended.Select(e => e.Data)]);
        return this;
    }

    /// <summary>What it ended with.</summary>
    /// <exception cref="SpecificationFailedException">It failed.</exception>
    public TResult Result() => _failure is null
        ? _result!
        : throw new SpecificationFailedException($"The process failed with {_failure.GetType().Name}: {_failure.Message}", _failure);

    private static string Line(IEnumerable<string> names) => string.Join(" | ", names.Order(StringComparer.Ordinal));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Where(line => line.Length > 0).DefaultIfEmpty("nothing"));
}
