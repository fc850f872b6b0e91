using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>The failure of a call to a name that no code has. Calling again can't help.</summary>
internal static class TaskNotFound
{
    private const string ActivityErrorType = "ActivityTaskNotFound";
    private const string OrchestratorErrorType = "OrchestratorTaskNotFound";

    public static TaskFailureDetails Activity(string name) => new(
        ActivityErrorType, $"There is no activity named '{name}'. Check the name at the call and that the app declares it.", null, null, null);

    public static TaskFailureDetails Orchestrator(string name) => new(
        OrchestratorErrorType, $"There is no orchestrator named '{name}'. Check the name at the call and that the app declares it.", null, null, null);

    public static bool Is(TaskFailureDetails failure) => failure.ErrorType is ActivityErrorType or OrchestratorErrorType;
}
