using EventFunctions.Composition;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Ordering.Saga;
using EventFunctions.Resilience;
using EventFunctions.Tests.Delivery;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Tests.Flows;

/// <summary>What an order meets on its way, and what must be left of it, whoever leads it.</summary>
/// <param name="Name">What happens.</param>
/// <param name="Arrange">Prepares the world.</param>
/// <param name="Expected">What is left.</param>
/// <param name="Then">What happens once the order goes on no more by itself; time then passes only there.</param>
internal sealed record FlowScenario(string Name, Action<FlowWorld> Arrange, FlowOutcome Expected, Func<FlowWorld, Task>? Then = null)
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
        Reviewed("is approved", FlowOutcome.Sold, w => ApprovedAfterAsync(w, () => Task.CompletedTask)),
        Reviewed(
            "is rejected",
            FlowOutcome.Cancelled(OrderReview.RejectedCode, "None", "nothing"),
            w => w.DecideAsync(o => OrderReview.Reject(o, "Too many.", ShopWorld.Clock.GetUtcNow()))),
        Reviewed(
            "is not reviewed in time",
            FlowOutcome.Cancelled(OrderReview.TimeoutCode, "None", "nothing"),
            w => w.LetPassAsync(OrderDeadlineKind.ReviewTimeout)),
        Reviewed(
            "is cancelled by the customer",
            FlowOutcome.Cancelled(SagaFailure.CancelledByCustomer, "None", "nothing"),
            async w =>
            {
                Assert.Equal(StatusCodes.Status202Accepted, await w.Shop.CancelAsync(w.Order, "Changed my mind."));
                await w.Run.UntilQuietAsync();
            }),
        Reviewed(
            "is approved after the customer's account was closed",
            FlowOutcome.Cancelled("customer-not-allowed", "None", "nothing"),
            w => ApprovedAfterAsync(w, () => w.Shop.OpenAccountAsync(new DeactivateCustomer(CustomerReasons.CustomerRequest, "Goodbye.")))),
        Reviewed(
            "is approved after a product went off sale",
            FlowOutcome.Cancelled("product-not-offered", "None", "nothing"),
            w => ApprovedAfterAsync(w, () => w.Shop.TakeOffSaleAsync("plum"))),
        new("the parcel arrives after its time", w => w.Shop.ParcelsArrive = false, FlowOutcome.Sold, ArrivesLateAsync),
    ];

    public override string ToString() => Name;

    private static FlowScenario GivenUp(string type, string step, string payment, string ledger, string shipment = "None") => new(
        $"'{type}' cannot be written", w => w.GiveUp(type), FlowOutcome.Cancelled(SagaFailure.UnavailableCode(step), payment, ledger, shipment));

    private static FlowScenario Reviewed(string what, FlowOutcome expected, Func<FlowWorld, Task> then) => new(
        $"an order that needs a review {what}",
        w => w.Settings = new OrderingOptions { ReviewAbove = new Dictionary<string, decimal> { ["EUR"] = 10 } },
        expected,
        async w =>
        {
            Assert.Equal(FlowOutcome.Waiting, await w.OutcomeAsync());
            await then(w);
        });

    private static async Task ApprovedAfterAsync(FlowWorld world, Func<Task> meanwhile)
    {
        await meanwhile();
        await world.Run.UntilQuietAsync();
        await world.DecideAsync(o => OrderDecider.Decide(o, new ApproveOrder("reviewer"), ShopWorld.Clock.GetUtcNow()));
    }

    private static async Task ArrivesLateAsync(FlowWorld world)
    {
        await world.LetPassAsync(OrderDeadlineKind.DeliveryOverdue);
        Assert.Equal(FlowOutcome.OnItsWay, await world.OutcomeAsync());
        world.Shop.ParcelsArrive = true;
        await world.Run.UntilQuietAsync();
    }

    private static void Away(FlowWorld world, int attempts)
    {
        var asked = 0;
        world.Payments.WhileAuthorizing = () => Interlocked.Increment(ref asked) <= attempts
            ? throw new ProviderUnavailableException("The fake provider", "authorize", "nobody is there")
            : Task.CompletedTask;
    }
}
