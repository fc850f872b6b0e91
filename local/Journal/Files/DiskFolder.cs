namespace EventFunctions.Local.Journal.Files;

/// <summary>A folder on a disk, locked for one journal at a time. It and its files are their owner's only.</summary>
public sealed class DiskFolder : IJournalFolder
{
    private const string LockName = "journal.lock";

    private readonly FileStream _lock;

    private DiskFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <summary>Makes the folder if there is none, and locks it; the lock ends with the process, however that ends.</summary>
    /// <param name="path">The folder; relative to the current one, or absolute.</param>
    /// <exception cref="JournalInUseException">A journal is open in it, in this process or in another.</exception>
    /// <exception cref="IOException">It can't be made or opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not allowed to.</exception>
    public static DiskFolder Open(string path)
    {
        var whole = System.IO.Path.GetFullPath(path);
        Create(whole);
        var lockPath = System.IO.Path.Combine(whole, LockName);
        try
        {
            // On Unix the system's own lock (flock) behind it; the file stays, as deleting it would let two processes lock two files.
            return new DiskFolder(whole, DiskFile.OpenOwned(lockPath, FileShare.None));
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(lockPath))
        {
            throw new JournalInUseException(whole, taken);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(Path).Select(p => System.IO.Path.GetFileName(p))];

    /// <inheritdoc/>
    IJournalFile IJournalFolder.Open(string name) => new DiskFile(PathOf(name));

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(PathOf(name));

    /// <inheritdoc/>
    public void Sync() => FolderSync.Sync(Path);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = System.IO.Path.GetDirectoryName(path);
        if (parent is not null)
        {
            Create(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        if (parent is not null)
        {
            FolderSync.Sync(parent);
        }
    }

    private string PathOf(string name) => System.IO.Path.Combine(Path, name);
}
