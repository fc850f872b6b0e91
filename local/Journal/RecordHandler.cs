namespace EventFunctions.Local.Journal;

/// <summary>
/// Takes a record that is read again. One that it can't make sense of it refuses with an <see cref="InvalidDataException"/>, which
/// becomes a <see cref="JournalUnreadableException"/> that says where the record stands.
/// </summary>
/// <param name="kind">The kind it was appended with.</param>
/// <param name="payload">Its bytes, to be copied where they are kept: the memory is used for the next record.</param>
public delegate void RecordHandler(byte kind, ReadOnlySpan<byte> payload);
