namespace EventFunctions.EventSourcing;

/// <summary>A continuation is not one that the page before of the same question gave. Begin again without one.</summary>
/// <param name="innerException">What the store said, where it was asked.</param>
public sealed class InvalidContinuationException(Exception? innerException = null)
    : Exception("The continuation is not one that a page of this question gave. Begin again without one.", innerException);
