using System.Diagnostics.CodeAnalysis;

namespace EventFunctions.Domain;

/// <summary>Texts that people write for people: any characters but those that print nothing or stand for half of one.</summary>
internal static class ProseText
{
    /// <summary>Whether the text has 1 to so many characters, none of them a control character, no white space at its ends and no half of a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The most characters (UTF-16 code units).</param>
    /// <param name="allowLines">Whether line feeds and tabs may be in it.</param>
    public static bool IsValid([NotNullWhen(true)] string? text, int maxLength, bool allowLines = false)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maxLength || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && !(allowLines && text[i] is '\n' or '\t'))
            {
                return false;
            }

            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
