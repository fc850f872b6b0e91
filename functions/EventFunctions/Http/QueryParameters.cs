using System.Globalization;
using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Http;

/// <summary>Query parameters with a meaning. One that is absent or empty counts as not given.</summary>
/// <remarks>Every method fails with <see cref="ProblemException"/> (400, the parameter named) where the text is not what it must be.</remarks>
public static class QueryParameters
{
    /// <summary>A text that is given once, or <see langword="null"/>.</summary>
    public static string? Text(HttpRequest request, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Query[name] switch
        {
            { Count: > 1 } => throw Invalid(name, "Must be given once."),
            [{ Length: > 0 } text] => text,
            _ => null,
        };
    }

    /// <summary>The version of a stream, 1 or more, or <see langword="null"/>.</summary>
    public static long? Version(HttpRequest request, string name) => Text(request, name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 => version,
        _ => throw Invalid(name, "Must be a whole number from 1."),
    };

    /// <summary>A time, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Time(HttpRequest request, string name) => Text(request, name) switch
    {
        null => null,
        var text when Rfc3339.TryParse(text, out var time) => time,
        _ => throw Invalid(name, "Must be a time by RFC 3339, e.g. 2026-03-01T10:00:00Z; a '+' is written %2B in an address."),
    };

    /// <summary>A day, or <see langword="null"/>.</summary>
    public static DateOnly? Day(HttpRequest request, string name) => Text(request, name) switch
    {
        null => null,
        var text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => throw Invalid(name, "Must be a day, e.g. 2026-03-01."),
    };

    /// <summary>An amount of money, 0 to <paramref name="most"/> with at most 3 decimals, or <see langword="null"/>.</summary>
    public static decimal? Amount(HttpRequest request, string name, decimal most) => Text(request, name) switch
    {
        null => null,
        var text when decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount <= most && decimal.Round(amount, 3) == amount => amount,
        _ => throw Invalid(name, $"Must be an amount from 0 to {most} with at most 3 decimals, e.g. 12.50."),
    };

    /// <summary>How many items a page may hold: <paramref name="usual"/> unless it is given.</summary>
    public static int PageSize(HttpRequest request, int usual, int most) => Text(request, "pageSize") switch
    {
        null => usual,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1 && size <= most => size,
        _ => throw Invalid("pageSize", $"Must be a whole number from 1 to {most}."),
    };

    /// <summary>What a word stands for: the first of the choices unless one is given.</summary>
    public static T OneOf<T>(HttpRequest request, string name, params IReadOnlyList<(string Word, T Meaning)> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var word = Text(request, name) ?? choices[0].Word;
        foreach (var choice in choices)
        {
            if (choice.Word == word)
            {
                return choice.Meaning;
            }
        }

        throw Invalid(name, $"Must be one of '{string.Join("', '", choices.Select(c => c.Word))}'.");
    }

    /// <summary>The continuation of a page before, as its text, or <see langword="null"/>.</summary>
    public static string? Continuation(HttpRequest request) => Text(request, "continuation");

    /// <summary>Which page of events is asked for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="usual">How many events a page holds unless the request tells.</param>
    public static EventPageRequest EventPage(HttpRequest request, int usual) =>
        new(PageSize(request, usual, EventSourcing.EventPage.MaxSize), Continuation(request));

    private static ProblemException Invalid(string name, string message) => new(Problem.Invalid(name, message));
}
