using System.Runtime.InteropServices;

namespace EventFunctions.Local.Cosmos.Tests.NativePlanner;

/// <summary>A test that needs the SDK's own planner to be there and off; skipped, with the reason, where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativePlannerFactAttribute : FactAttribute
{
    /// <summary>Turns the planner on where it is off, that is, on Linux.</summary>
    public const string Setting = "AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX";

    public NativePlannerFactAttribute()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "runtimes", $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "native", "libQueryPlanInterop.so");
        Skip = OperatingSystem.IsWindows() ? "On Windows the SDK plans by itself in every test."
            : File.Exists(library) ? null
            : $"The package of the SDK has no planner for this platform: {library} is not there.";
    }
}
