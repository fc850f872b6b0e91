using System.Text.Json;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Tests.Simulation;

/// <summary>What a run has in store for the shop. The seed decides all of it.</summary>
internal sealed record Plan
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true };

    public static readonly string[] Products = ["apple", "pear", "plum"];

    /// <summary>What partners are asked to do, by the names that break in <see cref="Broken"/>.</summary>
    private static readonly string[] PartnerOperations =
        ["authorize", "capture", "find-payment", "void", "refund", "create-shipment", "find-shipment", "cancel-shipment"];

    private static readonly string[] Activities =
    [
        OrderSteps.PlanOrder, OrderSteps.ReadOrder, OrderSteps.ExpireReview, OrderSteps.ReserveStock, OrderSteps.ReleaseStock,
        OrderSteps.AuthorizePayment, OrderSteps.ReversePayment, OrderSteps.ConfirmOrder, OrderSteps.CapturePayment, OrderSteps.MarkOrderPaid,
        OrderSteps.CreateShipment, OrderSteps.WithdrawShipment, OrderSteps.MarkOrderShipped, OrderSteps.CommitStock,
        OrderSteps.MarkOrderDelivered, OrderSteps.MarkOrderCancelled,
    ];

    /// <summary>The orders that customers place.</summary>
    public required IReadOnlyList<PlannedOrder> Orders { get; init; }

    /// <summary>How many pieces of each product there are.</summary>
    public required IReadOnlyDictionary<string, int> Stock { get; init; }

    /// <summary>How often the process ends all of a sudden.</summary>
    public required int Crashes { get; init; }

    /// <summary>How often store or partners fail once and then work again.</summary>
    public required int Hiccups { get; init; }

    /// <summary>How often something is delivered that was delivered before.</summary>
    public required int Repetitions { get; init; }

    /// <summary>What fails until an operator has it mended: an operation of a partner, or an activity; and whether it takes effect first.</summary>
    public required IReadOnlyDictionary<string, bool> Broken { get; init; }

    /// <summary>A product that is taken off sale in the middle of it all.</summary>
    public required string? Withdrawn { get; init; }

    /// <summary>Whether the provider takes back at the capture what it held.</summary>
    public required bool DeclinesCaptures { get; init; }

    /// <summary>Makes a plan.</summary>
    public static Plan Of(Random random)
    {
        var orders = Enumerable.Range(0, random.Next(1, 4)).Select(number => PlannedOrder.Of(number, random)).ToList();
        return new Plan
        {
            Orders = orders,
            Stock = Products.ToDictionary(product => product, _ => random.Next(1, 8), StringComparer.Ordinal),
            Crashes = random.Next(4),
            Hiccups = random.Next(4),
            Repetitions = random.Next(6),
            Broken = BrokenOf(random),
            Withdrawn = random.Next(10) == 0 ? Products[random.Next(Products.Length)] : null,
            DeclinesCaptures = random.Next(12) == 0,
        };
    }

    /// <summary>The same plan with its orders led by somebody else.</summary>
    /// <param name="flowOf">Who leads the order of a number, from 0.</param>
    public Plan LedBy(Func<int, OrderFlow> flowOf) => this with { Orders = [.. Orders.Select((order, number) => order with { Flow = flowOf(number) })] };

    /// <summary>The plan for a person.</summary>
    public string Describe() => JsonSerializer.Serialize(this, Indented);

    private static Dictionary<string, bool> BrokenOf(Random random)
    {
        var broken = new Dictionary<string, bool>(StringComparer.Ordinal);
        var count = random.Next(10) switch { < 5 => 0, < 9 => 1, _ => 2 };
        while (broken.Count < count)
        {
            var names = random.Next(2) == 0 ? PartnerOperations : Activities;
            broken[names[random.Next(names.Length)]] = random.Next(2) == 0;
        }

        return broken;
    }
}

/// <summary>An order, and what becomes of it outside of the shop.</summary>
/// <param name="Id">The order.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="Lines">What is ordered.</param>
/// <param name="IsDeclined">Whether the card is declined.</param>
/// <param name="Review">What a reviewer says; <see langword="null"/> for an order that needs none.</param>
/// <param name="CancelAt">The step from which on the customer wants it cancelled, if so.</param>
/// <param name="ArrivesAt">The step from which on the parcel may arrive; <see langword="null"/> if it is lost.</param>
internal sealed record PlannedOrder(
    OrderId Id, CustomerId Customer, IReadOnlyList<OrderLine> Lines, bool IsDeclined, PlannedReview? Review, int? CancelAt, int? ArrivesAt)
{
    /// <summary>Between these a run of one order has most of its steps.</summary>
    private const int Steps = 400;

    private static readonly Currency Euro = new("EUR");

    /// <summary>What a piece of anything costs.</summary>
    public static Money Price { get; } = new(5, Euro);

    /// <summary>Who leads it.</summary>
    public OrderFlow Flow { get; init; }

    /// <summary>What it costs.</summary>
    public decimal Total => Lines.Sum(line => line.UnitPrice.Multiply(line.Quantity).Amount);

    public static PlannedOrder Of(int number, Random random)
    {
        var id = new byte[16];
        random.NextBytes(id);
        var products = Plan.Products.Where((_, i) => i == number % Plan.Products.Length || random.Next(2) == 0);
        return new PlannedOrder(
            new OrderId(new Guid(id)),
            new CustomerId($"customer-{random.Next(2)}"),
            [.. products.Select(product => new OrderLine(new ProductId(product), new Quantity(random.Next(1, 4)), Price))],
            random.Next(10) == 0,
            random.Next(4) == 0 ? (PlannedReview)random.Next(3) : null,
            random.Next(3) == 0 ? random.Next(Steps) : null,
            random.Next(8) == 0 ? null : random.Next(Steps));
    }
}

/// <summary>What becomes of a review.</summary>
internal enum PlannedReview
{
    Approved,
    Rejected,
    NeverDone,
}
