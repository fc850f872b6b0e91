using System.Text;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Text as JSON has it. A query's functions count in code units, so that they can cut a character in two; what is left is a string, but
/// no text that JSON could hold.
/// </summary>
internal static class SqlText
{
    /// <summary>Whether every surrogate has its other half.</summary>
    public static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeFromUtf16(text, out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            text = text[length..];
        }

        return text.IsEmpty;
    }
}
