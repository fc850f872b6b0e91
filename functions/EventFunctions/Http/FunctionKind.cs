using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Http;

/// <summary>Tells by its trigger what a function is.</summary>
public static class FunctionKind
{
    /// <summary>
    /// Whether a request by HTTP started it. Middleware that awaits anything runs for these only: in an orchestrator, which
    /// is replayed, it would be an illegal wait.
    /// </summary>
    public static bool IsHttp(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.FunctionDefinition.InputBindings.Values.Any(b => string.Equals(b.Type, "httpTrigger", StringComparison.OrdinalIgnoreCase));
    }
}
