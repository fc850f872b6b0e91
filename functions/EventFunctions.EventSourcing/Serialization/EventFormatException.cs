namespace EventFunctions.EventSourcing;

/// <summary>JSON that should be an event cannot be read as one.</summary>
public sealed class EventFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
