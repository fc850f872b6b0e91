namespace EventFunctions.EventSourcing.Testing;

/// <summary>How steps answer. Of several that fit a step, the first that is not used up counts.</summary>
public sealed class StepAnswer
{
    private readonly string? _name;
    private readonly Func<IssuedStep, CancellationToken, Task<object?>> _answer;

    internal StepAnswer(string? name, int times, Func<IssuedStep, CancellationToken, Task<object?>> answer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        _name = name;
        Times = times;
        _answer = answer;
    }

    /// <summary>How often it answers.</summary>
    internal int Times { get; }

    internal bool Fits(IssuedStep step) => _name is null || step.Name == _name;

    internal Task<object?> GiveAsync(IssuedStep step, CancellationToken cancellationToken) => _answer(step, cancellationToken);
}

/// <summary>Says how steps answer: <c>Step.Named("charge-card").Fails(new TimeoutException(), times: 2)</c>.</summary>
public sealed class Step
{
    private const int Always = int.MaxValue;
    private readonly string? _name;

    private Step(string? name) => _name = name;

    /// <summary>Every step.</summary>
    public static Step Any { get; } = new(null);

    /// <summary>The steps of this name.</summary>
    public static Step Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new Step(name);
    }

    /// <summary>It succeeds with this answer.</summary>
    /// <param name="answer">The answer; <see langword="null"/> where a step has none.</param>
    /// <param name="times">How often; without end if not said.</param>
    public StepAnswer Answers(object? answer, int times = Always) => new(_name, times, (_, _) => Task.FromResult(answer));

    /// <summary>It fails.</summary>
    /// <param name="failure">What it throws.</param>
    /// <param name="times">How often; without end if not said.</param>
    public StepAnswer Fails(Exception failure, int times = Always)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new StepAnswer(_name, times, (_, _) => Task.FromException<object?>(failure));
    }

    /// <summary>It does this: for an answer that depends on the step, and for what happens while it is under way.</summary>
    /// <param name="action">Does it, and answers.</param>
    /// <param name="times">How often; without end if not said.</param>
    public StepAnswer Does(Func<IssuedStep, CancellationToken, Task<object?>> action, int times = Always)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new StepAnswer(_name, times, action);
    }
}
