namespace EventFunctions.Local.Journal;

/// <summary>What was found when a journal was opened.</summary>
/// <param name="Records">How many records were replayed, those of the snapshot included.</param>
/// <param name="Bytes">The size of snapshot and log.</param>
/// <param name="Cut">What was cut off the end of the log, if a crash had torn it: nothing of it had been acknowledged.</param>
public sealed record JournalRecovery(long Records, long Bytes, CutTail? Cut);

/// <summary>An end of the log that was cut off.</summary>
/// <param name="File">The path of the file.</param>
/// <param name="Offset">Where it was cut, in bytes from its beginning.</param>
/// <param name="Bytes">How many bytes were cut off.</param>
public sealed record CutTail(string File, long Offset, long Bytes);
