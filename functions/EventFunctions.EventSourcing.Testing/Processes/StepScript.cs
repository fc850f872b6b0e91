namespace EventFunctions.EventSourcing.Testing;

/// <summary>Stands where a process issues its steps: writes each down and answers as the specification says. Safe for concurrent use.</summary>
public sealed class StepScript
{
    private readonly Lock _gate = new();
    private readonly List<IssuedStep> _issued = [];
    private readonly List<IssuedStep> _unanswered = [];
    private readonly List<(StepAnswer Answer, int Left)> _answers;

    internal StepScript(IEnumerable<StepAnswer> answers) => _answers = [.. answers.Select(a => (a, a.Times))];

    /// <summary>Every step so far, in the order in which they were issued.</summary>
    public IReadOnlyList<IssuedStep> Issued
    {
        get
        {
            lock (_gate)
            {
                return [.. _issued];
            }
        }
    }

    /// <summary>The steps that no answer was given for. The process may have taken that for a failure of the step.</summary>
    internal IReadOnlyList<IssuedStep> Unanswered
    {
        get
        {
            lock (_gate)
            {
                return [.. _unanswered];
            }
        }
    }

    /// <summary>Takes a step.</summary>
    /// <exception cref="SpecificationFailedException">The specification says nothing about the step.</exception>
    public Task<object?> TakeAsync(IssuedStep step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        StepAnswer? answer = null;
        lock (_gate)
        {
            _issued.Add(step);
            var at = _answers.FindIndex(a => a.Left > 0 && a.Answer.Fits(step));
            if (at >= 0)
            {
                answer = _answers[at].Answer;
                _answers[at] = (answer, _answers[at].Left == int.MaxValue ? int.MaxValue : _answers[at].Left - 1);
            }
            else
            {
                _unanswered.Add(step);
            }
        }

        return answer?.GiveAsync(step, cancellationToken) ?? Task.FromException<object?>(NoAnswer([step]));
    }

    /// <summary>Takes a step and reads its answer.</summary>
    /// <exception cref="SpecificationFailedException">The specification says nothing about the step, or answers with another type.</exception>
    public async Task<T> TakeAsync<T>(IssuedStep step, CancellationToken cancellationToken = default) =>
        await TakeAsync(step, cancellationToken) switch
        {
            T answer => answer,
            null when default(T) is null => default!,
            var other => throw new SpecificationFailedException(
                $"The process expects step '{step.Name}' to answer with {typeof(T).Name}; the specification answers with {other?.GetType().Name ?? "nothing"}."),
        };

    internal static SpecificationFailedException NoAnswer(IReadOnlyList<IssuedStep> steps) => new(
        $"The process asked for {string.Join(", ", steps.Select(s => $"'{s.Name}'").Distinct())}, and the specification does not say what that answers. "
        + "Add an answer for it, or one for Step.Any.");
}
