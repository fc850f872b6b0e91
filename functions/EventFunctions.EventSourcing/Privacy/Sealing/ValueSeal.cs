using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.EventSourcing;

/// <summary>Seals one value, and opens it: bound to the person, to the place it stands in, and to its path there.</summary>
internal static class ValueSeal
{
    private const string Form = "1.";

    /// <summary>Seals a value.</summary>
    /// <param name="key">The person's key.</param>
    /// <param name="json">The value's JSON.</param>
    /// <param name="subject">The person.</param>
    /// <param name="place">What it stands in, e.g. a stream and a version; it must say the same when the value is opened.</param>
    /// <param name="path">Where in it, e.g. <c>lines[2].note</c>.</param>
    public static SealedValue Close(SubjectKey.Held key, ReadOnlySpan<byte> json, string subject, string place, string path) =>
        new(Form + Base64Url.EncodeToString(AesGcmBox.Close(key.Key.Span, json, Binding(subject, place, path))), subject);

    /// <summary>The JSON of a sealed value.</summary>
    /// <exception cref="SealBrokenException">It was changed, was moved from elsewhere, or was sealed under another key.</exception>
    public static byte[] Open(SubjectKey.Held key, SealedValue value, string place, string path)
    {
        try
        {
            return value.Text.StartsWith(Form, StringComparison.Ordinal)
                ? AesGcmBox.Open(key.Key.Span, Base64Url.DecodeFromChars(value.Text.AsSpan(Form.Length)), Binding(value.Subject, place, path))
                : throw new SealBrokenException(place, path, "it has a form that this version does not know.");
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new SealBrokenException(
                place, path, "it was changed, moved here from elsewhere, or sealed under another key. Restore the item from a backup.", exception);
        }
    }

    // Lengths in front: no two bindings read the same.
    private static byte[] Binding(string subject, string place, string path) =>
        Encoding.UTF8.GetBytes($"{Form}{subject.Length}:{subject}{place.Length}:{place}{path}");
}
