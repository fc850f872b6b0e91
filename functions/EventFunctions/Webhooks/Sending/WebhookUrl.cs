using System.Net;

namespace EventFunctions.Webhooks.Sending;

/// <summary>What an address must be that webhooks are sent to.</summary>
public static class WebhookUrl
{
    private const string Localhost = "localhost";

    /// <summary>What is wrong with an address, to be read after its name; <see langword="null"/> if nothing is.</summary>
    /// <remarks>What a name stands for is checked with every connection, see <see cref="GuardedConnection"/>; an address in text here already.</remarks>
    /// <param name="text">The address.</param>
    /// <param name="allowsPrivate">Whether it may be on one's own machine, and be reached without encryption.</param>
    public static string? ProblemOf(string? text, bool allowsPrivate)
    {
        if (text is not { Length: > 0 and <= Storing.WebhookLimits.MaxUrlLength } || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            return $"Must be an absolute address of at most {Storing.WebhookLimits.MaxUrlLength} characters.";
        }

        return (allowsPrivate, url) switch
        {
            (false, { Scheme: not "https" }) => "Must begin with https://.",
            (true, { Scheme: not ("https" or "http") }) => "Must begin with https:// or http://.",
            (_, { UserInfo.Length: > 0 }) => "Must not have a user name: the signature tells who sends.",
            (_, { Fragment.Length: > 0 }) => "Must not have a fragment.",
            (false, _) when IsInternal(url) => "Must be on the public internet.",
            _ => null,
        };
    }

    private static bool IsInternal(Uri url) =>
        url.IdnHost is Localhost || url.IdnHost.EndsWith($".{Localhost}", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.IdnHost, out var address) && !PublicAddresses.Contain(address));
}
