using Microsoft.Win32.SafeHandles;

namespace EventFunctions.Local.Journal.Files;

/// <summary>A file on a disk; only its owner may read it.</summary>
internal sealed class DiskFile : IJournalFile
{
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;

    public DiskFile(string path)
    {
        // Only a stream can be opened with rights; all access goes through its handle.
        _stream = OpenOwned(path, FileShare.ReadWrite);
        _handle = _stream.SafeFileHandle;
    }

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length && RandomAccess.Read(_handle, buffer[total..], offset + total) is var read and > 0)
        {
            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void Truncate(long length) => RandomAccess.SetLength(_handle, length);

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _stream.Dispose();

    /// <summary>Opens a file, or makes one that only its owner may read.</summary>
    public static FileStream OpenOwned(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
