namespace EventFunctions.Resilience;

/// <summary>
/// An outside service did not answer, or answered that it cannot serve at the moment. Whether the operation took effect is
/// not known; the same operation with the same idempotency key may be tried again.
/// </summary>
/// <param name="provider">The service.</param>
/// <param name="operation">What it was asked to do.</param>
/// <param name="reason">What came instead of an answer.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ProviderUnavailableException(string provider, string operation, string reason, Exception? innerException = null)
    : Exception($"{provider} did not answer '{operation}': {reason}", innerException);

/// <summary>
/// An outside service answered something its contract does not have. Trying again will not help; somebody has to look.
/// </summary>
/// <param name="provider">The service.</param>
/// <param name="operation">What it was asked to do.</param>
/// <param name="reason">The answer.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ProviderContractException(string provider, string operation, string reason, Exception? innerException = null)
    : Exception($"{provider} broke its contract on '{operation}': {reason}", innerException);
