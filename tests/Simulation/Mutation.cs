using EventFunctions.Local.DurableTask;
using Microsoft.DurableTask;

namespace EventFunctions.Tests.Simulation;

/// <summary>A fault that is planted to see whether the simulation finds it.</summary>
internal sealed record Mutation
{
    /// <summary>No fault.</summary>
    public static Mutation None { get; } = new();

    /// <summary>What a call of an activity is made into; <see langword="null"/> leaves the activity out.</summary>
    public Func<ActivityInvocation, ActivityInvocation?> Call { get; init; } = static call => call;

    /// <summary>What an activity that is left out answers, serialized.</summary>
    public string? AnswerOfWhatIsLeftOut { get; init; }

    /// <summary>Whether a message is gone with the process that had it in hand.</summary>
    public bool LosesMessages { get; init; }

    /// <summary>What of a log is there after a crash.</summary>
    public Func<IReadOnlyList<HubRecord>, IReadOnlyList<HubRecord>> Survivors { get; init; } = static records => records;

    /// <summary>The dispatcher with the fault.</summary>
    public ITaskDispatcher Of(ITaskDispatcher functions) => new Mutated(functions, this);

    private sealed class Mutated(ITaskDispatcher functions, Mutation mutation) : ITaskDispatcher
    {
        public bool HasOrchestrator(string name) => functions.HasOrchestrator(name);

        public bool HasActivity(string name) => functions.HasActivity(name);

        public Task<object?> RunOrchestratorAsync(TaskOrchestrationContext context, CancellationToken cancellationToken) =>
            functions.RunOrchestratorAsync(context, cancellationToken);

        public Task<string?> RunActivityAsync(ActivityInvocation invocation, CancellationToken cancellationToken) =>
            mutation.Call(invocation) is { } call
                ? functions.RunActivityAsync(call, cancellationToken)
                : Task.FromResult(mutation.AnswerOfWhatIsLeftOut);
    }
}
