using System.Runtime.InteropServices;

namespace EventFunctions.Local.Journal.Files;

/// <summary>
/// Puts a folder's names on the disk. The framework opens no folders, so the calls go to the C library (open(2), fsync(2)). Windows
/// has no such call: NTFS keeps its own journal of names.
/// </summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The folder can't be opened, or the disk did not take it.</exception>
    public static void Sync(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(path, ReadOnly);
        if (folder < 0)
        {
            throw Failure(path);
        }

        try
        {
            if (FSync(folder) != 0)
            {
                throw Failure(path);
            }
        }
        finally
        {
            // Nothing was written through it, so there is nothing that closing could lose.
            _ = Close(folder);
        }
    }

    private static IOException Failure(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"The folder '{path}' can't be synced: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
