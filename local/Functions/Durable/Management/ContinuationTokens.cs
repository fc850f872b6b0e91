using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Continuation tokens as header values: the hub's tokens hold instance ids, and those may be in any script.</summary>
internal static class ContinuationTokens
{
    /// <summary>The token as letters, digits, '-' and '_'.</summary>
    public static string Write(string token) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    /// <returns>The hub's token; <see langword="null"/> for no text.</returns>
    /// <exception cref="BadHttpRequestException">It is none of ours.</exception>
    public static string? Read(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return Base64Url.IsValid(text)
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text))
            : throw new BadHttpRequestException($"'{text}' is not a continuation token of this hub.");
    }
}
