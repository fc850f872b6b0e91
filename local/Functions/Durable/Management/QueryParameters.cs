using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Reads query parameters. A value that can't be read is refused by name.</summary>
internal static class QueryParameters
{
    /// <summary>The text; <see langword="null"/> if the parameter is missing or empty.</summary>
    public static string? Text(this HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="BadHttpRequestException">It is neither true nor false.</exception>
    public static bool? Flag(this HttpRequest request, string name) =>
        Read<bool>(request, name, "true or false", static text => bool.TryParse(text, out var flag) ? flag : null);

    /// <exception cref="BadHttpRequestException">It is not a whole number above zero.</exception>
    public static int? Count(this HttpRequest request, string name) => Read<int>(
        request,
        name,
        "a whole number above zero",
        static text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null);

    /// <summary>A time; one without an offset is UTC.</summary>
    /// <exception cref="BadHttpRequestException">It is not an ISO 8601 time.</exception>
    public static DateTimeOffset? Time(this HttpRequest request, string name) => Read<DateTimeOffset>(
        request,
        name,
        "an ISO 8601 time",
        static text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null);

    /// <summary>A span in seconds, with a fraction if need be.</summary>
    /// <exception cref="BadHttpRequestException">It is not a number of seconds from 0 to a day.</exception>
    public static TimeSpan? Seconds(this HttpRequest request, string name) => Read<TimeSpan>(
        request,
        name,
        "a number of seconds from 0 to 86400",
        static text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86400
            ? TimeSpan.FromSeconds(seconds)
            : null);

    /// <summary>Statuses, with commas between them or in several parameters of the name; <see langword="null"/> if there is none.</summary>
    /// <exception cref="BadHttpRequestException">One is not the name of a status.</exception>
    public static IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(this HttpRequest request, string name)
    {
        var names = request.Query[name]
            .SelectMany(value => (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        return names.Count == 0 ? null : names.ConvertAll(text => Status(name, text));
    }

    private static OrchestrationRuntimeStatus Status(string parameter, string text) =>
        char.IsLetter(text[0]) && Enum.TryParse<OrchestrationRuntimeStatus>(text, ignoreCase: true, out var status)
            ? status
            : throw Unreadable(parameter, text, $"one of {string.Join(", ", Enum.GetNames<OrchestrationRuntimeStatus>())}");

    private static T? Read<T>(HttpRequest request, string name, string kind, Func<string, T?> read)
        where T : struct =>
        request.Text(name) is not { } text ? null : read(text) ?? throw Unreadable(name, text, kind);

    private static BadHttpRequestException Unreadable(string name, string text, string kind) =>
        new($"The query parameter '{name}' is '{text}', but must be {kind}.");
}
