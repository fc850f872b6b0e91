using System.Text.Json;
using System.Text.Unicode;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// Bytes that are no UTF-8, and half a surrogate pair written as an escape, are grammatical JSON to the reader that no string can
/// hold; they are refused on the way in, so that nothing that reads the text later meets them.
/// </summary>
internal static class StrictText
{
    /// <exception cref="JsonException">The text is not UTF-8, or a name or a string holds half a surrogate pair.</exception>
    public static void ThrowIfBroken(ReadOnlySpan<byte> utf8, JsonElement root)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new JsonException("it is not valid UTF-8.");
        }

        if (utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0)
        {
            Visit(root);
        }
    }

    private static void Visit(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Check(property, static p => p.Name);
                    Visit(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var value in element.EnumerateArray())
                {
                    Visit(value);
                }

                break;
            case JsonValueKind.String:
                Check(element, static e => e.GetString());
                break;
        }
    }

    private static void Check<T>(T value, Func<T, string?> read)
    {
        try
        {
            read(value);
        }
        catch (InvalidOperationException broken)
        {
            // The reader's way to say that the escapes don't make a string.
            throw new JsonException("a string holds half a surrogate pair.", broken);
        }
    }
}
