namespace Microsoft.DurableTask;

/// <summary>An activity as a class.</summary>
public interface ITaskActivity
{
    /// <summary>The type its input is read as.</summary>
    Type InputType { get; }

    /// <summary>The type of its result.</summary>
    Type OutputType { get; }

    /// <summary>Runs the activity. It may run more than once for one call, so its effects must be idempotent.</summary>
    Task<object?> RunAsync(TaskActivityContext context, object? input);
}

/// <summary>An activity with a typed input and result.</summary>
public abstract class TaskActivity<TInput, TOutput> : ITaskActivity
{
    Type ITaskActivity.InputType => typeof(TInput);

    Type ITaskActivity.OutputType => typeof(TOutput);

    async Task<object?> ITaskActivity.RunAsync(TaskActivityContext context, object? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await RunAsync(context, TaskInput.As<TInput>(input, GetType()));
    }

    /// <summary>Runs the activity. It may run more than once for one call, so its effects must be idempotent.</summary>
    public abstract Task<TOutput> RunAsync(TaskActivityContext context, TInput input);
}

/// <summary>What a running activity knows about itself.</summary>
public abstract class TaskActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the orchestration instance that called it.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The activity's version; empty if it has none.</summary>
    public virtual string Version => string.Empty;
}

internal static class TaskInput
{
    /// <summary>An input as its declared type; no input is the type's default.</summary>
    public static T As<T>(object? input, Type task) => input switch
    {
        null => default!,
        T typed => typed,
        _ => throw new ArgumentException($"{task} takes an input of type {typeof(T)}, not {input.GetType()}.", nameof(input)),
    };
}
