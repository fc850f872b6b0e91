using System.Globalization;
using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Http;

/// <summary>Versions as entity tags (RFC 9110, sections 8.8.3 and 13.1.1).</summary>
public static class Preconditions
{
    /// <summary>The entity tag of a version, e.g. <c>"3"</c>.</summary>
    public static string ETagOf(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>The version the client saw; any where the request has no <c>If-Match</c> or <c>*</c>.</summary>
    /// <exception cref="ProblemException">400: the header is not one entity tag of a version.</exception>
    public static ExpectedVersion IfMatch(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var header = request.Headers.IfMatch.ToString().Trim();
        if (header is "" or "*")
        {
            return ExpectedVersion.Any;
        }

        if (header.Length > 2 && header[0] == '"' && header[^1] == '"'
            && long.TryParse(header.AsSpan(1, header.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return ExpectedVersion.Exactly(version);
        }

        throw new ProblemException(Problem.Invalid("If-Match", "Must be one entity tag as sent in ETag, e.g. \"3\"."));
    }
}
