using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EventFunctions.Telemetry;

/// <summary>The meter of this app's own work. Its instruments are listed in <c>docs/telemetry.md</c>, and alerts ask for them by name.</summary>
public static class AppMeter
{
    /// <summary>The name that listeners subscribe to.</summary>
    public const string Name = "EventFunctions";

    /// <summary>The meter of an app; the same one each time it is asked for.</summary>
    internal static Meter Of(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return factory.Create(Name);
    }

    /// <summary>A single tag.</summary>
    internal static TagList Tag(string name, string value) => new([new KeyValuePair<string, object?>(name, value)]);
}
