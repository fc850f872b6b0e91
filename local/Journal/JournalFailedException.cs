namespace EventFunctions.Local.Journal;

/// <summary>
/// The journal could not be written, and takes no more records until it is opened again. Nothing is known of the record that failed
/// with it: it may be there after the next opening, or not.
/// </summary>
/// <remarks>
/// It is not tried again in place, because after a failed fsync the system may drop what it could not write and still report success
/// the next time (PostgreSQL wiki, "Fsync Errors"). Opening reads what the disk has and goes on from there.
/// </remarks>
public sealed class JournalFailedException : IOException
{
    /// <summary>Names the folder and the cause.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cause">What the system said.</param>
    internal JournalFailedException(string folder, Exception cause)
        : base($"The journal in '{folder}' could not be written ({cause.Message.TrimEnd('.')}). It takes no more records: see to the disk (is it full?) and start again.", cause)
    {
        Folder = folder;
    }

    /// <summary>The journal's folder.</summary>
    public string Folder { get; }
}
