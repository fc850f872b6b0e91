namespace EventFunctions.EventSourcing;

/// <summary>The keys that a piece of work needs, fetched before it begins, so that sealing and opening itself waits for nothing.</summary>
public sealed class SubjectKeyRing
{
    private readonly Dictionary<string, SubjectKey> _keys = new(StringComparer.Ordinal);

    /// <summary>A ring without keys.</summary>
    public static SubjectKeyRing Empty { get; } = new();

    /// <summary>What was found for a person; <see langword="null"/> where nobody asked for them.</summary>
    /// <param name="subject">The person, as <see cref="DataSubjectId.ToString"/> writes them.</param>
    internal SubjectKey? Find(string subject) => _keys.GetValueOrDefault(subject);

    /// <summary>Fetches the keys of people, each once.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="subjects">The people, as <see cref="DataSubjectId.ToString"/> writes them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async ValueTask<SubjectKeyRing> FetchAsync(
        ISubjectKeys keys, IReadOnlySet<string> subjects, CancellationToken cancellationToken)
    {
        if (subjects.Count == 0)
        {
            return Empty;
        }
        var ring = new SubjectKeyRing();
        foreach (var batch in subjects.Chunk(MaxConcurrency))
        {
            var found = await Task.WhenAll(batch.Select(s => keys.FindAsync(SubjectText.Parse(s), cancellationToken)));
            foreach (var (subject, key) in batch.Zip(found))
            {
                ring._keys.Add(subject, key);
            }
        }
        return ring;
    }

    private const int MaxConcurrency = 16;
}
