using System.ComponentModel.DataAnnotations;

namespace EventFunctions.Composition;

/// <summary>The section <c>Administration</c> of the settings.</summary>
public sealed record AdministrationOptions
{
    /// <summary>How long an event must have been stored before it may be archived: the relay has to have published it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ArchiveAge { get; init; } = TimeSpan.FromDays(1);
}
