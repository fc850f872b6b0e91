namespace EventFunctions.Local.Journal;

/// <summary>
/// The journal can't be read: a part of it that was safely on the disk is damaged or missing, or it has a format that this version
/// does not know. Nothing was changed.
/// </summary>
public sealed class JournalUnreadableException : IOException
{
    /// <summary>Names file, place and remedy.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="offset">Where in it, in bytes from its beginning.</param>
    /// <param name="problem">What is wrong there, as a clause without its full stop.</param>
    /// <param name="remedy">What to do, as a sentence; by default to take the folder from a backup.</param>
    internal JournalUnreadableException(string file, long offset, string problem, string? remedy = null)
        : base($"{file}, byte {offset}: {problem}. {remedy ?? Restore}")
    {
        File = file;
        Offset = offset;
    }

    private const string Restore = "Put the folder back from a backup, or move it away to begin with nothing.";

    /// <summary>The path of the file.</summary>
    public string File { get; }

    /// <summary>Where in it, in bytes from its beginning.</summary>
    public long Offset { get; }
}
