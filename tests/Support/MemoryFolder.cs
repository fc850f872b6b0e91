namespace EventFunctions.Tests.Support;

/// <summary>
/// Folders for tests of what is written, not of the disk it is written to: kept in memory where the system has such a place, so that
/// waiting for the disk does not take the time of hundreds of tests.
/// </summary>
public static class MemoryFolder
{
    /// <summary>A file system in memory, which every Linux mounts for POSIX shared memory (<c>shm_overview(7)</c>).</summary>
    private const string SharedMemory = "/dev/shm";

    /// <summary>Makes a folder; whoever asks deletes it.</summary>
    /// <param name="prefix">What its name begins with.</param>
    /// <returns>Its path.</returns>
    public static string Create(string prefix)
    {
        if (!Directory.Exists(SharedMemory))
        {
            return Directory.CreateTempSubdirectory(prefix).FullName;
        }

        var path = Path.Combine(SharedMemory, prefix + Path.GetRandomFileName());
        Directory.CreateDirectory(path);
        return path;
    }
}
