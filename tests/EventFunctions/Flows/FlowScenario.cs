using EventFunctions.Domain.Customers;
using EventFunctions.Ordering.Saga;
using EventFunctions.Resilience;

namespace EventFunctions.Tests.Flows;

/// <summary>What an order meets on its way, and what must be left of it, whoever leads it.</summary>
/// <param name="Name">What happens.</param>
/// <param name="Arrange">Prepares the world.</param>
/// <param name="Expected">What is left.</param>
internal sealed record FlowScenario(string Name, Action<FlowWorld> Arrange, FlowOutcome Expected)
{
    private const string Refunded = "captured 31.50, refunded 31.50";

    /// <summary>Every scenario.</summary>
    public static IReadOnlyList<FlowScenario> All { get; } =
    [
        new("nothing is wrong", _ => { }, FlowOutcome.Sold),
        new(
            "one of three lines is out of stock",
            w => w.Stocked = ["apple", "plum"],
            FlowOutcome.Cancelled("out-of-stock", "None", "nothing") with { Stock = "apple 100/0, pear 0/0, plum 100/0" }),
        new(
            "the customer's account is closed",
            w => w.Account = new DeactivateCustomer(CustomerReasons.CustomerRequest, "Goodbye."),
            FlowOutcome.Cancelled("customer-not-allowed", "None", "nothing")),
        new("the customer is erased", w => w.Account = new EraseCustomer(), FlowOutcome.Cancelled("customer-not-allowed", "None", "nothing")),
        new("a product is not sold", w => w.Offered = ["apple", "pear"], FlowOutcome.Cancelled("product-not-offered", "None", "nothing")),
        new("the card is declined", w => w.Payments.DeclineAuthorization = "card-declined", FlowOutcome.Cancelled("card-declined", "Failed", "nothing")),
        new("the capture is declined", w => w.Payments.DeclineCapture = "capture-declined", FlowOutcome.Cancelled("capture-declined", "Voided", "voided")),
        new("the address is unserviceable", w => w.Carrier.Refuses = true, FlowOutcome.Cancelled("address-unserviceable", "Refunded", Refunded)),
        new("the provider is away for a while", w => Away(w, attempts: 2), FlowOutcome.Sold),
        new("the provider is away for good", w => Away(w, attempts: int.MaxValue), FlowOutcome.Cancelled("payment-unavailable", "Failed", "nothing")),
        new(
            "the answer to the authorisation is lost",
            w => w.Payments.LosesAuthorizationAnswers = true,
            FlowOutcome.Cancelled("payment-unavailable", "Voided", "voided")),
        new(
            "the authorisation shows only after the order was undone",
            w => (w.Payments.LosesAuthorizationAnswers, w.Payments.ShowsFromLook) = (true, 2),
            FlowOutcome.Cancelled("payment-unavailable", "Voided", "voided")),
        new(
            "the answer to the capture is lost",
            w => w.Payments.LosesCaptureAnswers = true,
            FlowOutcome.Cancelled("payment-unavailable", "Refunded", Refunded)),
        new(
            "the capture arrives with the void",
            w => w.Payments.CapturesArriveWithTheVoid = true,
            FlowOutcome.Cancelled("payment-unavailable", "Refunded", Refunded)),
        new("the carrier is away for good", w => w.Carrier.IsAway = true, FlowOutcome.Cancelled("carrier-unavailable", "Refunded", Refunded)),
        new("the carrier's answer is lost", w => w.Carrier.LosesAnswers = true, FlowOutcome.Cancelled("carrier-unavailable", "Refunded", Refunded)),
        new(
            "the money cannot be given back",
            w => (w.Carrier.Refuses, w.Payments.ReversalsAreDown) = (true, true),
            FlowOutcome.Cancelled("address-unserviceable", "Captured", "captured 31.50, refunded 0.00") with { Unfinished = 1 }),
        GivenUp("stock-reserved", OrderSteps.ReserveStock, "None", "nothing"),
        GivenUp("payment-processing", OrderSteps.AuthorizePayment, "None", "nothing"),
        GivenUp("payment-authorized", OrderSteps.AuthorizePayment, "Voided", "voided"),
        GivenUp("order-confirmed", OrderSteps.ConfirmOrder, "Voided", "voided"),
        GivenUp("payment-captured", OrderSteps.CapturePayment, "Refunded", Refunded),
        GivenUp("order-paid", OrderSteps.MarkOrderPaid, "Refunded", Refunded),
        GivenUp("shipment-created", OrderSteps.CreateShipment, "Refunded", Refunded),
        GivenUp("order-shipped", OrderSteps.MarkOrderShipped, "Refunded", Refunded, "Cancelled"),
    ];

    public override string ToString() => Name;

    private static FlowScenario GivenUp(string type, string step, string payment, string ledger, string shipment = "None") => new(
        $"'{type}' cannot be written", w => w.GiveUp(type), FlowOutcome.Cancelled(SagaFailure.UnavailableCode(step), payment, ledger, shipment));

    private static void Away(FlowWorld world, int attempts)
    {
        var asked = 0;
        world.Payments.WhileAuthorizing = () => Interlocked.Increment(ref asked) <= attempts
            ? throw new ProviderUnavailableException("The fake provider", "authorize", "nobody is there")
            : Task.CompletedTask;
    }
}
