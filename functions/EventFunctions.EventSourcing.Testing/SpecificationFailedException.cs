namespace EventFunctions.EventSourcing.Testing;

/// <summary>What happened is not what a specification says. The message shows the difference; every test runner prints it.</summary>
/// <param name="message">What was expected, what happened, and where the two differ.</param>
/// <param name="innerException">What was thrown instead of what was expected, where something was.</param>
public sealed class SpecificationFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
