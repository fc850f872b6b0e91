namespace EventFunctions.EventSourcing;

/// <summary>A sealed value cannot be opened though its person's key is there: it is not what was sealed in that place.</summary>
/// <param name="place">What it stands in.</param>
/// <param name="path">Where in it.</param>
/// <param name="reason">Why it does not open, and what to do.</param>
/// <param name="innerException">What failed underneath.</param>
public sealed class SealBrokenException(string place, string path, string reason, Exception? innerException = null)
    : Exception($"The sealed value '{path}' of '{place}' cannot be opened: {reason}", innerException);

/// <summary>The key of a person whose data is sealed is not there, though nobody erased it: the store of the keys lost it.</summary>
/// <param name="subject">The person.</param>
public sealed class SubjectKeyMissingException(string subject) : Exception(
    $"The key of '{subject}' is missing, and it was not erased. Restore the container 'keys' from its backup; to give the data up, erase the person.");
