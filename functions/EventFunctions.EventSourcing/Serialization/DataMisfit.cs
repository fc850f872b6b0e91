using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Tells data that does not fit its type from other failures.</summary>
internal static class DataMisfit
{
    /// <summary>
    /// Whether reading or writing failed for the data's sake. Beside wrong JSON: value objects refuse values that their rules
    /// do not allow with the argument's exceptions.
    /// </summary>
    public static bool Is(Exception exception) => exception is JsonException or ArgumentException or FormatException or NotSupportedException;
}
