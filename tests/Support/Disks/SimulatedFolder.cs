using EventFunctions.Local.Journal.Files;

namespace EventFunctions.Tests.Support.Disks;

/// <summary>One process's view of a <see cref="SimulatedDisk"/>.</summary>
internal sealed class SimulatedFolder(SimulatedDisk disk, int generation) : IJournalFolder
{
    public string Path => "/simulated";

    public IReadOnlyList<string> List() => disk.Read(generation, disk.List);

    public IJournalFile Open(string name) => new Handle(disk, generation, disk.OpenFile(generation, name));

    public void Rename(string from, string to) => disk.Rename(generation, from, to);

    public void Delete(string name) => disk.Delete(generation, name);

    public void Sync() => disk.Sync(generation, file: null);

    public void Dispose()
    {
        // The disk outlives it.
    }

    private sealed class Handle(SimulatedDisk disk, int generation, SimulatedFile file) : IJournalFile
    {
        public long Length => disk.Read(generation, () => file.Length);

        public int Read(Span<byte> buffer, long offset)
        {
            var length = buffer.Length;
            var bytes = disk.Read(generation, () => file.Read(offset, length));
            bytes.CopyTo(buffer);
            return bytes.Length;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => disk.Write(generation, file, bytes, offset);

        public void Truncate(long length) => disk.Truncate(generation, file, length);

        public void Sync() => disk.Sync(generation, file);

        public void Dispose()
        {
            // The file outlives its handle.
        }
    }
}
