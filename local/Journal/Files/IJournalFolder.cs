namespace EventFunctions.Local.Journal.Files;

/// <summary>
/// The folder that a journal's files lie in. Which names there are is only safe once <see cref="Sync"/> has returned: syncing a file
/// does not sync its name (fsync(2), "Description").
/// </summary>
public interface IJournalFolder : IDisposable
{
    /// <summary>Where it is, for messages.</summary>
    string Path { get; }

    /// <summary>The names of its files, in no order.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens a file for reading and writing; makes an empty one if there is none.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    IJournalFile Open(string name);

    /// <summary>Gives a file another name, in one step; a file that has that name already is gone.</summary>
    /// <exception cref="IOException">It can't be renamed.</exception>
    void Rename(string from, string to);

    /// <summary>Deletes a file.</summary>
    /// <exception cref="IOException">It can't be deleted.</exception>
    void Delete(string name);

    /// <summary>Returns once the names are on the disk as they are.</summary>
    /// <exception cref="IOException">The disk did not take them.</exception>
    void Sync();
}
