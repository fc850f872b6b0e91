namespace EventFunctions.EventSourcing.Testing;

/// <summary>Steps that are expected next: one, or several side by side. A name converts to it.</summary>
public sealed record ExpectedSteps
{
    private ExpectedSteps(IReadOnlyList<string> names) => Names = names;

    /// <summary>The names, in no order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>One step.</summary>
    public static implicit operator ExpectedSteps(string name) => FromString(name);

    /// <summary>One step.</summary>
    public static ExpectedSteps FromString(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new ExpectedSteps([name]);
    }

    /// <summary>Steps that are issued side by side, in whatever order.</summary>
    public static ExpectedSteps InAnyOrder(params IEnumerable<string> names) => new([.. names]);
}
