using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>The failure details of whatever user code has thrown.</summary>
internal static class FailureOf
{
    /// <summary>An exception's details; where its own members throw, its type and that.</summary>
    public static TaskFailureDetails Exception(Exception thrown)
    {
        try
        {
            return TaskFailureDetails.FromException(thrown);
        }
#pragma warning disable CA1031 // An exception may override its message; what that throws must not keep the failure from being recorded.
        catch (Exception unreadable)
#pragma warning restore CA1031
        {
            var type = thrown.GetType();
            return new TaskFailureDetails(
                type.FullName ?? type.Name, $"The exception can't be read: its members throw {unreadable.GetType().FullName}.", null, null, null);
        }
    }
}
