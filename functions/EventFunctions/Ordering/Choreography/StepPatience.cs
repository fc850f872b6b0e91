using EventFunctions.Composition;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Resilience;
using Microsoft.Extensions.Options;

namespace EventFunctions.Ordering.Choreography;

/// <summary>How often a step is tried: as often as a saga's, as far as the broker delivers its message.</summary>
/// <param name="options">Has the number of attempts.</param>
public sealed class StepPatience(IOptions<OrderingOptions> options)
{
    /// <summary>How often the broker delivers a message to a handler, <c>maxDeliveryCount</c> of its subscription; then it is dead-lettered.</summary>
    public const int MaxDeliveries = 10;

    /// <summary>How long an operation without an answer may still take effect at the other side.</summary>
    public TimeSpan SettleDelay => options.Value.SettleDelay;

    /// <summary>Whether a failed step is not tried again.</summary>
    /// <param name="delivery">The number of the delivery that failed, from 1.</param>
    /// <param name="failure">How it failed.</param>
    public bool EndsWith(int delivery, Exception failure) =>
        delivery >= Math.Min(options.Value.StepAttempts, MaxDeliveries)
        || failure is ProviderContractException or UndoRefusedException or InvalidEventException;
}
