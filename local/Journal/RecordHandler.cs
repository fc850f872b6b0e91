namespace EventFunctions.Local.Journal;

/// <summary>Takes a record that is read again.</summary>
/// <param name="kind">The kind it was appended with.</param>
/// <param name="payload">Its bytes, to be copied where they are kept: the memory is used for the next record.</param>
public delegate void RecordHandler(byte kind, ReadOnlySpan<byte> payload);
