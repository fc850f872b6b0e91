using System.Buffers.Text;
using System.Net;
using System.Text;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>The store's continuations as text that fits an address.</summary>
internal static class ContinuationText
{
    private const string Refused = "The continuation is not one that a list returned.";

    /// <summary>The text of a store's continuation; <see langword="null"/> after the last page.</summary>
    public static string? Encode(string? token) => token is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    /// <summary>The store's continuation of a text.</summary>
    /// <exception cref="ArgumentException">The text was not made by <see cref="Encode"/>.</exception>
    public static string? Decode(string? continuation)
    {
        if (continuation is null)
        {
            return null;
        }

        return continuation.Length > 0 && Base64Url.IsValid(continuation)
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation))
            : throw new ArgumentException(Refused, nameof(continuation));
    }

    /// <summary>Tells that the store did not know a continuation as its own.</summary>
    /// <exception cref="ArgumentException">It did not.</exception>
    public static void ThrowIfRefused(ResponseMessage response, string? continuation)
    {
        if (response.StatusCode == HttpStatusCode.BadRequest && continuation is not null)
        {
            throw new ArgumentException(Refused, nameof(continuation));
        }
    }
}
