using System.Collections.Immutable;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>The functions of the app.</summary>
internal sealed class FunctionCatalog(ImmutableArray<Function> functions)
{
    private readonly Dictionary<string, Function> _orchestrators = functions
        .Where(function => function.Trigger is Trigger.Orchestration)
        .ToDictionary(function => ((Trigger.Orchestration)function.Trigger).Name, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, Function> _activities = functions
        .Where(function => function.Trigger is Trigger.Activity)
        .ToDictionary(function => ((Trigger.Activity)function.Trigger).Name, StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<Function> Functions => functions;

    public Function? Orchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public Function? Activity(string name) => _activities.GetValueOrDefault(name);
}
