using EventFunctions.Domain.Ordering;

namespace EventFunctions.Ordering;

/// <summary>The processes that lead orders, by the names that events and messages carry. The names are stored and are in the rules of subscriptions.</summary>
public static class OrderProcess
{
    /// <summary>The order saga.</summary>
    public const string Saga = "order-saga";

    /// <summary>Handlers that react to each other's events.</summary>
    public const string Choreography = "order-choreography";

    /// <summary>The process that leads orders of a flow; an order that names none is led by the saga.</summary>
    public static string Of(OrderFlow? flow) => flow == OrderFlow.Choreography ? Choreography : Saga;
}
