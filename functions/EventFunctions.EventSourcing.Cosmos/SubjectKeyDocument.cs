namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A person's key as an item of the container <c>keys</c>, or the tombstone that stands in its place.</summary>
/// <param name="Id">The person, as <see cref="DataSubjectId.ToString"/> writes them; the partition key too.</param>
/// <param name="State"><see cref="Held"/> or <see cref="Erased"/>.</param>
/// <param name="Created">When the key was made; of a tombstone of a person who had none, when they were erased.</param>
/// <param name="Wrapped">The wrapped key; none in a tombstone.</param>
/// <param name="MasterKeyVersion">The version of the master key that wrapped it; none in a tombstone.</param>
/// <param name="ErasedAt">When the key was deleted; in a tombstone only.</param>
internal sealed record SubjectKeyDocument(
    string Id, string State, DateTimeOffset Created, string? Wrapped = null, string? MasterKeyVersion = null, DateTimeOffset? ErasedAt = null)
{
    public const string Held = "held";
    public const string Erased = "erased";

    /// <summary>The item of a key.</summary>
    public static SubjectKeyDocument Of(DataSubjectId subject, WrappedKey key, DateTimeOffset created) =>
        new(subject.ToString(), Held, created.ToUniversalTime(), key.Text, key.Version);

    /// <summary>The tombstone in place of the item, or of none.</summary>
    public static SubjectKeyDocument Tombstone(DataSubjectId subject, SubjectKeyDocument? before, DateTimeOffset now) =>
        new(subject.ToString(), Erased, before?.Created ?? now.ToUniversalTime(), ErasedAt: now.ToUniversalTime());

    /// <summary>The wrapped key.</summary>
    /// <exception cref="MasterKeyException">The item is damaged.</exception>
    public WrappedKey ToWrapped() => Wrapped is { } text && MasterKeyVersion is { } version
        ? new WrappedKey(version, text)
        : throw new MasterKeyException($"The item of the key of '{Id}' has no key in it. Restore the container 'keys' from its backup.");
}
