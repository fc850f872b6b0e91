namespace EventFunctions.Domain;

/// <summary>
/// Reasons come from customers and from other companies' services. They explain and decide nothing, so a long one is cut:
/// refusing it would keep a cancellation or a failure from being recorded.
/// </summary>
internal static class ReasonText
{
    /// <summary>The longest reason that is kept, in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>The first 500 characters, never half of a surrogate pair.</summary>
    public static string Cut(string? text)
    {
        if (text is null || text.Length <= MaxLength)
        {
            return text ?? "";
        }

        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
