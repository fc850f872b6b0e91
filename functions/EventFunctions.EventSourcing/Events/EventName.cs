using System.Text.RegularExpressions;

namespace EventFunctions.EventSourcing;

/// <summary>The form of the names that events are stored under.</summary>
internal static partial class EventName
{
    /// <summary>The form in words, to be read after "a name is".</summary>
    public const string Form = "lower-case words joined by hyphens";

    /// <summary>Whether the text has the form.</summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
