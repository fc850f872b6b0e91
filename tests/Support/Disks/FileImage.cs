namespace EventFunctions.Tests.Support.Disks;

/// <summary>The bytes of a file.</summary>
internal sealed class FileImage
{
    private byte[] _bytes = [];
    private int _length;

    public long Length => _length;

    public ReadOnlySpan<byte> Read(long offset, int count)
    {
        var start = (int)Math.Min(offset, _length);
        return _bytes.AsSpan(start, Math.Min(count, _length - start));
    }

    /// <summary>Writes; a gap before it reads as zeros.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        SetLength(Math.Max(_length, offset + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan((int)offset));
    }

    public void SetLength(long length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Max(length, 2L * _bytes.Length));
        }
        else if (length < _length)
        {
            // What comes back by making it longer again is zeros.
            _bytes.AsSpan((int)length, (int)(_length - length)).Clear();
        }

        _length = (int)length;
    }
}
