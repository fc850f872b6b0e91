using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Continuations as they are handed out: a position in the answers to one question, as text that is safe in an address. The
/// question's hash goes with it, so that a continuation of another question is refused instead of leading to a page that
/// answers neither. It is no secret and no signature: whoever forges one gets at nothing that the question would not show.
/// </summary>
public static class ContinuationToken
{
    private const int HashLength = 12;

    /// <summary>The continuation of a position.</summary>
    /// <param name="question">Everything that decides which events are answered, and in what order; not the size of a page.</param>
    /// <param name="position">Where the next page begins, as the store understands it.</param>
    public static string Write(string question, string position)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(position);
        return Base64Url.EncodeToString([.. HashOf(question), .. Encoding.UTF8.GetBytes(position)]);
    }

    /// <summary>The position that a continuation stands for; <see langword="null"/> for none, at the beginning.</summary>
    /// <param name="question">The question that is asked now.</param>
    /// <param name="continuation">What came with it.</param>
    /// <exception cref="InvalidContinuationException">It is not a continuation of this question.</exception>
    public static string? Read(string question, string? continuation)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (continuation is null)
        {
            return null;
        }

        if (!Base64Url.IsValid(continuation))
        {
            throw new InvalidContinuationException();
        }

        var bytes = Base64Url.DecodeFromChars(continuation);
        return bytes.Length > HashLength && bytes.AsSpan(0, HashLength).SequenceEqual(HashOf(question))
            ? Encoding.UTF8.GetString(bytes.AsSpan(HashLength))
            : throw new InvalidContinuationException();
    }

    private static ReadOnlySpan<byte> HashOf(string question) => SHA256.HashData(Encoding.UTF8.GetBytes(question)).AsSpan(0, HashLength);
}
