using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Asks to look at an order again at a later time: the body of a message of the queue <see cref="Queue"/>.</summary>
/// <remarks>It carries no business data: what there is to do is decided by the order as it is then.</remarks>
/// <param name="Kind">One of <see cref="OrderDeadlineKind"/>.</param>
/// <param name="OrderId">The order, format "N".</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="CausationId">The id of the event that the look was asked for after.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
/// <param name="TraceParent">W3C trace context of that event.</param>
public sealed record OrderDeadline(
    string Kind, string OrderId, string CorrelationId, string? CausationId = null, string? Tenant = null, string? TraceParent = null)
{
    /// <summary>The queue of these messages.</summary>
    public const string Queue = "order-deadlines";

    /// <summary>Whose steps are taken then.</summary>
    public SagaTrace ToTrace() => new(OrderId, CorrelationId, CausationId, Tenant, TraceParent) { Flow = OrderFlow.Choreography };
}

/// <summary>What a look at an order is for. Strings, because they are in messages that outlive a deployment.</summary>
public static class OrderDeadlineKind
{
    /// <summary>Nobody may have reviewed the order by now.</summary>
    public const string ReviewTimeout = "review-timeout";

    /// <summary>The parcel may not have arrived by now.</summary>
    public const string DeliveryOverdue = "delivery-overdue";

    /// <summary>A step without an answer may have taken effect after its order was undone.</summary>
    public const string SecondLook = "second-look";
}
