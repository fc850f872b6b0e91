using System.ComponentModel.DataAnnotations;
using EventFunctions.EventSourcing;

namespace EventFunctions.Composition;

/// <summary>The section <c>ProjectionHealth</c> of the settings.</summary>
public sealed record ProjectionHealthOptions
{
    /// <summary>How old an event may be that a projection has not handled before the projection counts as behind.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan BehindAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a failure that no success followed makes a projection count as failing.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often an instance adds what it has seen to what is kept for all.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the states begin.</summary>
    public ProjectionHealthLimits ToLimits() => new(BehindAfter, FailureWindow);
}
