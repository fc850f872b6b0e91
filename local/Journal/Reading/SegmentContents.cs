namespace EventFunctions.Local.Journal.Reading;

/// <summary>What was found in a segment.</summary>
/// <param name="Number">Its number.</param>
/// <param name="FirstSequence">The sequence of its first frame, written or still to come.</param>
/// <param name="NextSequence">The sequence of the frame that would come next.</param>
/// <param name="Length">How many bytes of it are sound, its header included.</param>
/// <param name="LastFrame">Where its last sound frame begins, if it has one.</param>
/// <param name="Torn">How many bytes after them are not.</param>
internal sealed record SegmentContents(long Number, long FirstSequence, long NextSequence, long Length, long? LastFrame, long Torn);
