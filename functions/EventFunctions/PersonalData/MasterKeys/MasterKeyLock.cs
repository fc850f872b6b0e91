namespace EventFunctions.PersonalData.MasterKeys;

/// <summary>
/// Held by the one process that writes the file of a master key. A file that is moved to a name nobody has would replace one that came
/// there meanwhile, and with it the key that something may be wrapped with already.
/// </summary>
internal static class MasterKeyLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until nobody holds it, and takes it. It ends when it is disposed of, or with the process.</summary>
    /// <param name="path">The file of the master key. The lock is a file beside it, which stays: to delete it would let two hold two.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The file can't be made.</exception>
    public static async Task<IDisposable> TakeAsync(string path, CancellationToken cancellationToken)
    {
        var beside = path + ".lock";
        while (true)
        {
            try
            {
                return new FileStream(beside, Options());
            }
            catch (IOException) when (File.Exists(beside))
            {
                // Another one holds it; it writes one small file.
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
