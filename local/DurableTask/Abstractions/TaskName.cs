namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or activity. Two names are equal when they differ in letter case only.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    private readonly string? _name;

    /// <summary>Makes a task name; <see langword="null"/> gives the empty name.</summary>
    public TaskName(string name) => _name = name;

    /// <summary>The name as it was given, or the empty string for a name that was never set.</summary>
    public string Name => _name ?? string.Empty;

    /// <summary>Always empty: a task's version is given by <see cref="TaskVersion"/>.</summary>
    [Obsolete("A task name carries no version. Use TaskVersion.")]
    public string Version => string.Empty;

    /// <summary>The name as a string.</summary>
    public static implicit operator string(TaskName value) => value.Name;

    /// <summary>A string as a task name.</summary>
    public static implicit operator TaskName(string value) => string.IsNullOrEmpty(value) ? default : new TaskName(value);

    /// <summary>Whether both are the same name, letter case apart.</summary>
    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    /// <summary>Whether they are different names.</summary>
    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
