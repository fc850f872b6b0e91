namespace EventFunctions.EventSourcing;

/// <summary>A view that cannot be kept or read, however often it is tried: it is too large, or what is stored is of another shape.</summary>
/// <param name="message">Which view, and what to do.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ViewRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
