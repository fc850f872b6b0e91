namespace EventFunctions.Tests.Support.Disks;

/// <summary>A file of a <see cref="SimulatedDisk"/>: what processes see, what is on the disk, and the changes in between.</summary>
internal sealed class SimulatedFile
{
    private const int SectorBytes = 512;

    private readonly List<FileChange> _unsynced = [];
    private readonly FileImage _seen = new();
    private readonly FileImage _synced = new();

    public SimulatedFile(byte[] bytes)
    {
        _seen.Write(bytes, 0);
        _synced.Write(bytes, 0);
    }

    public long Length => _seen.Length;

    public byte[] Read(long offset, int count) => _seen.Read(offset, count).ToArray();

    public byte[] ReadAll() => Read(0, (int)Length);

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (offset > _seen.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The file has {_seen.Length} bytes.");
        }

        Change(new FileChange(offset, bytes.ToArray()));
    }

    public void Truncate(long length) => Change(new FileChange(length, Bytes: null));

    public void Sync()
    {
        _unsynced.ForEach(c => Apply(c, _synced));
        _unsynced.Clear();
    }

    /// <summary>Forgets the changes, of which a part gets to the disk; they can still be seen.</summary>
    public void FailSync(Random random)
    {
        _unsynced.ForEach(c => ApplyInPart(c, random));
        _unsynced.Clear();
    }

    /// <summary>Forgets the changes, of which a part gets to the disk, and shows what is there.</summary>
    public void LosePower(Random random)
    {
        if (random.Next(2) == 0)
        {
            ApplyInOrder(random);
        }
        else
        {
            _unsynced.ForEach(c => ApplyInPart(c, random));
        }

        _unsynced.Clear();
        _seen.SetLength(0);
        _seen.Write(_synced.Read(0, (int)_synced.Length), 0);
    }

    private void Change(FileChange change)
    {
        Apply(change, _seen);
        _unsynced.Add(change);
    }

    /// <summary>All changes up to some byte of one of them.</summary>
    private void ApplyInOrder(Random random)
    {
        var whole = random.Next(_unsynced.Count + 1);
        _unsynced.Take(whole).ToList().ForEach(c => Apply(c, _synced));
        if (_unsynced.ElementAtOrDefault(whole) is { Bytes: { } bytes } cut)
        {
            Apply(cut with { Bytes = bytes[..random.Next(bytes.Length + 1)] }, _synced);
        }
    }

    /// <summary>Any sectors of a write, with or without the length that it gave the file; a truncation or not.</summary>
    private void ApplyInPart(FileChange change, Random random)
    {
        if (change.Bytes is not { } bytes)
        {
            if (random.Next(2) == 0)
            {
                Apply(change, _synced);
            }

            return;
        }

        if (random.Next(2) == 0)
        {
            _synced.SetLength(Math.Max(_synced.Length, change.Offset + bytes.Length));
        }

        for (var at = 0; at < bytes.Length;)
        {
            var end = (int)Math.Min(bytes.Length, at + SectorBytes - ((change.Offset + at) % SectorBytes));
            if (random.Next(2) == 0)
            {
                Apply(new FileChange(change.Offset + at, bytes[at..end]), _synced);
            }

            at = end;
        }
    }

    private static void Apply(FileChange change, FileImage image)
    {
        if (change.Bytes is null)
        {
            image.SetLength(change.Offset);
        }
        else
        {
            image.Write(change.Bytes, change.Offset);
        }
    }

    /// <summary>Bytes that are written at an offset; or, without bytes, the file's new length.</summary>
    private sealed record FileChange(long Offset, byte[]? Bytes);
}
