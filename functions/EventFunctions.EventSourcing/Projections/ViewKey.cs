namespace EventFunctions.EventSourcing;

/// <summary>Where a view is kept.</summary>
public readonly record struct ViewKey
{
    /// <summary>The longest id and the longest partition key, in characters.</summary>
    public const int MaxLength = 255;

    private const string NamesNothing = "A default ViewKey names nothing.";

    private readonly string? _partition;
    private readonly string? _id;

    /// <summary>Composes a key.</summary>
    /// <param name="partition">The partition key; views that are listed together share it.</param>
    /// <param name="id">
    /// Unique inside the partition, without <c>/ \ ? #</c>, which a path cannot hold, and <c>%</c>, which clients read as an
    /// escape in one place and as itself in another; neither <c>.</c> nor <c>..</c>, which a path means otherwise; and without
    /// white space at its ends, which a path loses.
    /// </param>
    /// <exception cref="ArgumentException">A part is empty or too long, or the id is one it may not be.</exception>
    public ViewKey(string partition, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (partition.Length > MaxLength || id.Length > MaxLength)
        {
            throw new ArgumentException($"A part of a view's key has at most {MaxLength} characters.", nameof(id));
        }

        if (id.AsSpan().IndexOfAny("/\\?#%") >= 0)
        {
            throw new ArgumentException($"'{id}' has a character that the id of a view may not have: / \\ ? # %", nameof(id));
        }

        if (id is "." or ".." || char.IsWhiteSpace(id[0]) || char.IsWhiteSpace(id[^1]))
        {
            throw new ArgumentException($"'{id}' can't be the id of a view: it does not survive in a path.", nameof(id));
        }

        _partition = partition;
        _id = id;
    }

    /// <summary>The partition key.</summary>
    public string Partition => _partition ?? throw new InvalidOperationException(NamesNothing);

    /// <summary>Unique inside the partition.</summary>
    public string Id => _id ?? throw new InvalidOperationException(NamesNothing);
}
