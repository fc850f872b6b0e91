using System.Xml;

namespace EventFunctions.EmulatorConfig;

/// <summary>Brings values into the emulator's limits, and remembers which.</summary>
internal sealed class Clamp
{
    private readonly List<string> _changes = [];

    /// <summary>What was changed, one sentence each.</summary>
    public IReadOnlyList<string> Changes => _changes;

    /// <summary>A duration within limits, as ISO 8601 writes it.</summary>
    public string Duration(TimeSpan value, (TimeSpan Min, TimeSpan Max) limits, string entity, string what)
    {
        var allowed = value < limits.Min ? limits.Min : value > limits.Max ? limits.Max : value;
        if (allowed != value)
        {
            _changes.Add($"{entity}: {what} {XmlConvert.ToString(allowed)}, not {XmlConvert.ToString(value)}.");
        }

        return XmlConvert.ToString(allowed);
    }

    /// <summary>A number of deliveries within the limit.</summary>
    public int Deliveries(int value, string entity)
    {
        var allowed = Math.Min(value, EmulatorLimits.MaxDeliveryCount);
        if (allowed != value)
        {
            _changes.Add($"{entity}: messages are delivered {allowed} times, not {value}.");
        }

        return allowed;
    }
}
