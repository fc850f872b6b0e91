namespace EventFunctions.Local.Journal.Files;

/// <summary>
/// A file of a journal. What was written is only safe once <see cref="Sync"/> has returned; until then a crash may keep any part of
/// it, in any order. Used by one thread at a time.
/// </summary>
public interface IJournalFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    /// <param name="buffer">Takes what is read.</param>
    /// <param name="offset">Where to begin, from 0.</param>
    /// <returns>How many bytes were read: fewer than there is room for only at the end of the file.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes all bytes, or fails; a failed write may have written any part of them.</summary>
    /// <param name="bytes">What to write.</param>
    /// <param name="offset">Where to, at most the file's length.</param>
    /// <exception cref="IOException">The file can't be written: the disk is full, or broken.</exception>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts the file off.</summary>
    /// <param name="length">What is left of it, in bytes.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    void Truncate(long length);

    /// <summary>
    /// Returns once all that was written is on the disk. After a failure nothing is known of what was written since the last
    /// success, and another call would not help: it may succeed without having written anything (Rebello et al., "Can Applications
    /// Recover from fsync Failures?", USENIX ATC 2020).
    /// </summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    void Sync();
}
