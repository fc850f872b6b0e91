using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace EventFunctions.Domain;

/// <summary>The form of identifiers that the outside world chooses: safe in stream names, URLs and item ids.</summary>
internal static class IdentifierText
{
    /// <summary>The longest identifier, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The form as keywords of JSON Schema.</summary>
    public static JsonObject Schema => new() { ["minLength"] = 1, ["maxLength"] = MaxLength, ["pattern"] = "^[A-Za-z0-9_-]+$" };

    /// <summary>Whether the text is 1 to 64 ASCII letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
