namespace EventFunctions.Benchmarks.Orders;

/// <summary>Who leads an order: the values of the setting <c>Ordering:Flow</c>.</summary>
internal static class OrderFlows
{
    public const string Orchestration = "Orchestration";

    public const string Choreography = "Choreography";

    public static IReadOnlyList<string> All { get; } = [Orchestration, Choreography];
}
