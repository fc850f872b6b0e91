using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Shows where a saga stands, and lets it go only where its table of transitions says.</summary>
/// <param name="context">The orchestration, whose custom status it is.</param>
/// <param name="transitions">The table.</param>
/// <param name="state">The state it begins in.</param>
public sealed class SagaProgress(TaskOrchestrationContext context, StateTransitions transitions, string state = StateTransitions.Start)
{
    private string _state = state;

    /// <summary>Goes to a state, or stays in it, and shows it.</summary>
    /// <param name="next">The state.</param>
    /// <param name="status">What is shown.</param>
    /// <exception cref="InvalidOperationException">The table does not have the transition.</exception>
    public void Show(string next, object status)
    {
        _state = transitions.Next(_state, next);
        context.SetCustomStatus(status);
    }
}
