using EventFunctions.Domain.Shipping;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing.Testing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Shipping;

public sealed class ShipmentTests
{
    private static readonly AggregateSpecification<Shipment, ShipmentEvent, ShipmentCommand> Shipments = new(ShipmentDecider.Decide, Now);

    private static readonly ShipmentEvent[] Life =
    [
        new ShipmentCreated(TheOrder, "car-1", "T-1", Home),
        new ShipmentDispatched(TheOrder),
        new ShipmentDelivered(TheOrder, Earlier),
    ];

    private static readonly CreateShipment Create = new(TheOrder, "car-1", "T-1", Home);

    private static readonly Dictionary<string, ShipmentEvent[]> Histories = new()
    {
        ["None"] = [],
        ["Created"] = Life[..1],
        ["Dispatched"] = Life[..2],
        ["Delivered"] = Life[..3],
        ["Cancelled"] = [Life[0], new ShipmentCancelled(TheOrder, "No.")],
    };

    private static readonly Dictionary<string, ShipmentCommand> Commands = new()
    {
        ["CreateShipment"] = Create,
        ["CreateShipment other"] = Create with { CarrierShipmentId = "car-2" },
        ["DispatchShipment"] = new DispatchShipment(),
        ["DeliverShipment"] = new DeliverShipment(Earlier),
        ["CancelShipment"] = new CancelShipment("Order cancelled."),
    };

    private static readonly DecisionTable Table = new("""
        command              | None                | Created                                | Dispatched                | Delivered                 | Cancelled
        CreateShipment       | shipment-created    | -                                      | -                         | -                         | !shipment-cancelled
        CreateShipment other | shipment-created    | !shipment-already-created              | !shipment-already-created | !shipment-already-created | !shipment-cancelled
        DispatchShipment     | !shipment-not-found | shipment-dispatched                    | -                         | -                         | !shipment-cancelled
        DeliverShipment      | !shipment-not-found | shipment-dispatched+shipment-delivered | shipment-delivered        | -                         | !shipment-cancelled
        CancelShipment       | -                   | shipment-cancelled                     | shipment-cancelled        | !shipment-delivered       | -
        """);

    public static TheoryData<string, string, string> Cells => Table.Cells.ToTheoryData();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state(string command, string state, string outcome)
    {
        var past = Shipments.Given(Histories[state]);
        Assert.Equal(state, past.State.Status.ToString());
        Assert.Equal(outcome, past.When(Commands[command]).InShort());
    }

    [Fact]
    public void The_table_has_every_command_state_and_code()
    {
        Assert.Equal(Closed.CasesOf<ShipmentCommand>(), Table.Commands.Select(c => c.Split(' ')[0]).Distinct().Order());
        Assert.Equal(Enum.GetNames<ShipmentStatus>(), Table.States);
        Assert.Equal(ShipmentRejections.All.Order(), Table.Codes.Order());
        Assert.Equal(ShipmentRejections.All, Closed.CodesOf(typeof(ShipmentRejections)));
    }

    [Fact]
    public void Every_part_of_a_shipment_counts_when_it_is_created_again()
    {
        var created = Shipments.Given(Life[0]);
        created.When(Create with { OrderId = OtherOrder }).ThenRefused(ShipmentRejections.AlreadyCreated);
        created.When(Create with { TrackingNumber = "T-2" }).ThenRefused(ShipmentRejections.AlreadyCreated);
        created.When(Create with { Address = new Address("B", "B", null, "1", "C", "DE") }).ThenRefused(ShipmentRejections.AlreadyCreated);
    }

    [Fact]
    public void A_delivery_in_the_future_was_now() =>
        Shipments.Given(Life[..2]).When(new DeliverShipment(Now.AddMinutes(1))).Then(new ShipmentDelivered(TheOrder, Now));

    [Fact]
    public void A_long_reason_is_cut() =>
        Shipments.Given(Life[0]).When(new CancelShipment(new string('x', 501))).Then(new ShipmentCancelled(TheOrder, new string('x', 500)));

    [Fact]
    public void The_status_only_moves_along_its_diagram() =>
        Prop.ForAll(
            Any.SequencesOf(Any.ShipmentCommands),
            commands => Simulation<Shipment, ShipmentEvent>.Run(commands, ShipmentDecider.Decide, Now).Steps.All(step =>
                step.Events.Count == 0 ? ReferenceEquals(step.Before, step.After) : (step.Before.Status, step.After.Status) is
                    (ShipmentStatus.None, ShipmentStatus.Created)
                    or (ShipmentStatus.Created, ShipmentStatus.Dispatched or ShipmentStatus.Delivered or ShipmentStatus.Cancelled)
                    or (ShipmentStatus.Dispatched, ShipmentStatus.Delivered or ShipmentStatus.Cancelled))).QuickCheckThrowOnFailure();
}
