using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Flows;

/// <summary>Whoever leads an order, it ends the same way: in our books and in the partners'.</summary>
public sealed class FlowTests
{
    private static readonly string[] HappyEvents =
    [
        "order-confirmed", "order-delivered", "order-paid", "order-placed", "order-shipped",
        "payment-authorized", "payment-captured", "payment-processing",
        "shipment-created", "shipment-delivered", "shipment-dispatched",
        "stock-committed", "stock-committed", "stock-committed", "stock-reserved", "stock-reserved", "stock-reserved",
    ];

    public static TheoryData<OrderFlow, string> Scenarios
    {
        get
        {
            var data = new TheoryData<OrderFlow, string>();
            foreach (var scenario in FlowScenario.All)
            {
                data.Add(OrderFlow.Orchestration, scenario.Name);
                data.Add(OrderFlow.Choreography, scenario.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_scenario_ends_as_it_must(OrderFlow flow, string name)
    {
        var scenario = Assert.Single(FlowScenario.All, s => s.Name == name);
        await using var world = new FlowWorld(flow, timeStands: scenario.Then is not null);
        scenario.Arrange(world);
        await world.PlaceAsync();

        await world.Run.UntilQuietAsync();
        await (scenario.Then?.Invoke(world) ?? Task.CompletedTask);

        Assert.Equal(scenario.Expected, await world.OutcomeAsync());
        Assert.Equal(world.Shop.Relayed.Count, world.Shop.Relayed.DistinctBy(e => e.EventId).Count());
    }

    [Theory]
    [InlineData(OrderFlow.Orchestration, "order-saga")]
    [InlineData(OrderFlow.Choreography, "order-choreography")]
    public async Task Every_event_of_an_order_happens_once_under_one_correlation_and_tells_who_leads(OrderFlow flow, string process)
    {
        await using var world = new FlowWorld(flow);
        await world.PlaceAsync();

        await world.Run.UntilQuietAsync();

        var events = world.Events;
        Assert.Equal(HappyEvents, events.Select(e => e.Type).Order(StringComparer.Ordinal));
        Assert.All(events, e => Assert.Equal(("corr-1", process), (e.Metadata.CorrelationId, e.Metadata.Process)));
    }

    [Fact]
    public async Task Every_event_of_a_choreographed_order_names_the_one_it_follows_from()
    {
        await using var world = new FlowWorld(OrderFlow.Choreography);
        await world.PlaceAsync();

        await world.Run.UntilQuietAsync();

        var byId = world.Shop.Relayed.ToDictionary(e => e.EventId.ToString());
        var chain = Assert.Single(world.Shop.Relayed, e => e.Type == "order-shipped");
        var types = new List<string>();
        for (EventEnvelope? at = chain; at is not null; at = at.Metadata.CausationId is { } cause ? byId.GetValueOrDefault(cause) : null)
        {
            types.Add(at.Type);
        }

        Assert.Equal(
            [
                "order-shipped", "shipment-created", "order-paid", "payment-captured", "order-confirmed", "payment-authorized",
                "payment-processing", "order-placed",
            ],
            types);
    }
}
