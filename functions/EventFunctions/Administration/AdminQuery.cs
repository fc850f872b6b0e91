using System.Globalization;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Administration;

/// <summary>Query parameters of pages.</summary>
internal static class AdminQuery
{
    /// <summary>The continuation of the page before; <see langword="null"/> where the request has none.</summary>
    public static string? Continuation(HttpRequest request) =>
        request.Query["continuation"].ToString() is { Length: > 0 } continuation ? continuation : null;

    /// <summary>How much a page may hold.</summary>
    /// <exception cref="ProblemException">400: it is no number within the limits.</exception>
    public static int PageSize(HttpRequest request, int usual, int most)
    {
        var text = request.Query["pageSize"].ToString();
        if (text.Length == 0)
        {
            return usual;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1 && size <= most
            ? size
            : throw new ProblemException(Problem.Invalid("pageSize", $"Must be a whole number from 1 to {most}."));
    }

    /// <summary>400: the continuation is none.</summary>
    public static Problem InvalidContinuation() => Problem.Invalid("continuation", "Must be the continuation of the page before.");
}
