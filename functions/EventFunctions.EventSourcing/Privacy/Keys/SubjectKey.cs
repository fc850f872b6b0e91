using System.Diagnostics.CodeAnalysis;

namespace EventFunctions.EventSourcing;

/// <summary>What is known of the key that a person's data is sealed with.</summary>
public abstract record SubjectKey
{
    /// <summary>The length of a key in bytes: AES-256.</summary>
    public const int Length = 32;

    private SubjectKey()
    {
    }

    /// <summary>The person has a key.</summary>
    /// <param name="Key">The <see cref="Length"/> bytes themselves, unwrapped. They are nobody's to write, to log or to store.</param>
    [SuppressMessage("Design", "MA0016:Prefer using collection abstraction", Justification = "Bytes of a key.")]
    public sealed record Held(ReadOnlyMemory<byte> Key) : SubjectKey
    {
        /// <summary>Says nothing of the key.</summary>
        public override string ToString() => "Held { *** }";
    }

    /// <summary>The person's data was erased; there will be no key for them again.</summary>
    /// <param name="At">When the key was deleted.</param>
    public sealed record Erased(DateTimeOffset At) : SubjectKey;

    /// <summary>The person has no key yet; nothing of theirs is sealed, unless the store of the keys lost it.</summary>
    public sealed record Absent : SubjectKey;
}
