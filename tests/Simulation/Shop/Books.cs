using EventFunctions.Customers;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Simulation;

/// <summary>Holds what the sagas say of their end against the stores and the partners' books.</summary>
internal sealed class Books(SimulatedShop shop, SimulatedProcess process)
{
    /// <summary>What has to be broken for good before anything may be left undone.</summary>
    private static readonly string[] Undos =
    [
        OrderSteps.ReleaseStock, OrderSteps.ReversePayment, OrderSteps.WithdrawShipment, OrderSteps.MarkOrderCancelled, "find-payment", "void", "refund",
        "find-shipment", "cancel-shipment", "capture",
    ];

    /// <summary>What has to be broken for good before a shipped order may be left unfinished.</summary>
    private static readonly string[] LastSteps = [OrderSteps.CommitStock, OrderSteps.MarkOrderDelivered];

    private readonly Dictionary<string, InstanceState> _instances = process.Instances.ToDictionary(i => i.InstanceId, StringComparer.Ordinal);

    /// <summary>How the saga of each order ended, or its resumption.</summary>
    public IReadOnlyDictionary<OrderId, OrderSagaResult> ReadEnds()
    {
        var open = _instances.Values.FirstOrDefault(i => i.Status != OrchestrationRuntimeStatus.Completed);
        Hold(open is null, $"{open?.Started.Name} {open?.InstanceId} is {open?.Status}: {open?.CustomStatus} {open?.End?.Failure}");
        var unanswered = shop.Errands.FirstOrDefault(errand => errand is { IsDone: false, IsDeadLettered: false } && errand.IsPossible());
        Hold(unanswered is null, $"'{unanswered?.Name}' was not answered");
        var placed = shop.Committed.Count(envelope => envelope.Data is OrderPlaced);
        var sagas = _instances.Values.Count(i => i.Started.Name == nameof(OrderSaga));
        var led = shop.Plan.Orders.Count(order => order.Flow == OrderFlow.Orchestration);
        Hold(placed == shop.Plan.Orders.Count && sagas == led, $"{shop.Plan.Orders.Count} orders, {placed} placed, {led} for a saga, {sagas} sagas");
        var ends = new OrderEnds(shop, _instances);
        return shop.Plan.Orders.ToDictionary(order => order.Id, ends.Of);
    }

    /// <summary>What is left for an operator has to have a cause.</summary>
    public void CheckOpenEnds(IReadOnlyDictionary<OrderId, OrderSagaResult> ends)
    {
        foreach (var (order, end) in ends)
        {
            var causes = end.State switch
            {
                OrderSagaState.CompensationFailed => Undos,
                OrderSagaState.CompletionFailed => LastSteps,
                OrderSagaState.Completed or OrderSagaState.Compensated or OrderSagaState.DeliveryOverdue or OrderSagaState.Skipped => null,
                _ => throw new SimulationFailedException($"The saga of {order} ended as {end.State}"),
            };
            Hold(
                causes is null || causes.Any(shop.Plan.Broken.ContainsKey),
                $"the saga of {order} ended as {end.State}, though nothing is broken that it would need: {string.Join(", ", end.NotUndone ?? [])}");
        }
    }

    /// <summary>Every order is sold or as if it had never been, and everybody's figures say the same.</summary>
    public void Balance()
    {
        var ends = ReadEnds();
        var sold = new List<PlannedOrder>();
        foreach (var order in shop.Plan.Orders)
        {
            var end = ends[order.Id];
            Hold(!end.IsResumable, $"the saga of {order.Id} is {end.State} after its resumption, though everything is mended: {end}");
            if (end.State is OrderSagaState.Completed or OrderSagaState.DeliveryOverdue)
            {
                CheckSold(order);
                sold.Add(order);
            }
            else
            {
                CheckUndone(order);
            }
        }

        CheckStock(sold);
        CheckMoney(sold);
        CheckFigures(sold);
        CheckEvents();
    }

    private static void Hold(bool holds, string message)
    {
        if (!holds)
        {
            throw new SimulationFailedException(message);
        }
    }

    private static T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private void CheckSold(PlannedOrder planned)
    {
        var order = Now(shop.LoadAsync<Order, OrderEvent>(Order.StreamOf(planned.Id)));
        var arrived = shop.Committed.Any(e => e.Data is ShipmentDelivered delivered && delivered.OrderId == planned.Id);
        Hold(order.Status == (arrived ? OrderStatus.Delivered : OrderStatus.Shipped), $"{planned.Id} is sold, arrived: {arrived}, and {order.Status}");
        var held = shop.Payments.Held(planned.Id.ToString());
        Hold(held is { Refunded: 0, IsVoided: false } && held.Captured == planned.Total, $"{planned.Id} is sold for {planned.Total}, and the provider has {held}");
        var payment = Now(shop.LoadAsync<Payment, PaymentEvent>(Payment.StreamOf(planned.Id)));
        Hold(payment.Status == PaymentStatus.Captured && payment.Captured?.Amount == planned.Total, $"{planned.Id} is sold, and its payment is {payment}");
        var shipment = Now(shop.LoadAsync<Shipment, ShipmentEvent>(Shipment.StreamOf(planned.Id)));
        Hold(shipment.Status is not (ShipmentStatus.None or ShipmentStatus.Cancelled), $"{planned.Id} is sold, and its shipment is {shipment.Status}");
        Hold(
            Now(shop.Carrier.FindAsync(planned.Id.ToString(), CancellationToken.None)) == shipment.CarrierShipmentId,
            $"{planned.Id} is sold, and the carrier knows nothing of it");
    }

    private void CheckUndone(PlannedOrder planned)
    {
        var order = Now(shop.LoadAsync<Order, OrderEvent>(Order.StreamOf(planned.Id)));
        Hold(order.Status == OrderStatus.Cancelled, $"{planned.Id} is undone and {order.Status}");
        var payment = Now(shop.LoadAsync<Payment, PaymentEvent>(Payment.StreamOf(planned.Id)));
        switch (shop.Payments.Held(planned.Id.ToString()))
        {
            case null:
                Hold(payment.Status is PaymentStatus.None or PaymentStatus.Failed, $"{planned.Id} is undone, the provider has nothing, and its payment is {payment}");
                break;
            case { IsVoided: true, Captured: 0 }:
                Hold(payment.Status is PaymentStatus.Voided, $"{planned.Id} is undone, the hold given up, and its payment is {payment}");
                break;
            case { IsVoided: false, Captured: > 0 } held:
                Hold(held.Refunded == held.Captured, $"{planned.Id} is undone, and the provider has {held}");
                Hold(
                    payment.Status == PaymentStatus.Refunded && payment.Refunded?.Amount == held.Refunded,
                    $"{planned.Id} is undone and paid back, and its payment is {payment}");
                break;
            case var held:
                throw new SimulationFailedException($"{planned.Id} is undone, and the provider has {held}");
        }

        var shipment = Now(shop.LoadAsync<Shipment, ShipmentEvent>(Shipment.StreamOf(planned.Id)));
        Hold(shipment.Status is ShipmentStatus.None or ShipmentStatus.Cancelled, $"{planned.Id} is undone, and its shipment is {shipment.Status}");
        Hold(
            Now(shop.Carrier.FindAsync(planned.Id.ToString(), CancellationToken.None)) is null,
            $"{planned.Id} is undone, and the carrier means to deliver it");
    }

    private void CheckStock(List<PlannedOrder> sold)
    {
        foreach (var (product, pieces) in shop.Plan.Stock)
        {
            var stock = Now(shop.LoadAsync<StockItem, StockItemEvent>(StockItem.StreamOf(new ProductId(product))));
            var gone = sold.SelectMany(order => order.Lines).Where(line => line.ProductId.Value == product).Sum(line => line.Quantity.Value);
            Hold(
                stock.OnHand == pieces - gone && stock is { Reserved: 0, Reservations.IsEmpty: true },
                $"of {pieces} {product} {gone} are sold, and there are {stock.OnHand}, {stock.Reserved} of them reserved");
        }
    }

    private void CheckMoney(List<PlannedOrder> sold)
    {
        var kept = shop.Plan.Orders.Select(order => shop.Payments.Held(order.Id.ToString())).Sum(held => held is null ? 0 : held.Captured - held.Refunded);
        Hold(kept == sold.Sum(order => order.Total), $"orders for {sold.Sum(order => order.Total)} are sold, and the provider has {kept}");
        Hold(shop.Carrier.ActiveShipments == sold.Count, $"{sold.Count} orders are sold, and the carrier has {shop.Carrier.ActiveShipments} parcels");
    }

    private void CheckFigures(List<PlannedOrder> sold)
    {
        var totals = process.Services.GetRequiredService<ICustomerTotals>();
        foreach (var orders in shop.Plan.Orders.GroupBy(order => order.Customer))
        {
            var figures = Now(totals.OfAsync(orders.Key, tenant: null, CancellationToken.None));
            var kept = orders.Where(sold.Contains).ToList();
            var revenue = kept.Count == 0 ? CurrencyAmounts.None : CurrencyAmounts.Of(new Money(kept.Sum(order => order.Total), PlannedOrder.Price.Currency));
            Hold(
                (figures.Orders, figures.Cancelled) == (orders.Count(), orders.Count() - kept.Count) && figures.Spent.Equals(revenue),
                $"{orders.Key} has {orders.Count()} orders, {kept.Count} of them sold for {revenue}, and the figures say {figures}");
        }
    }

    /// <summary>What was told of is what the store has.</summary>
    private void CheckEvents()
    {
        foreach (var stream in shop.Committed.GroupBy(envelope => envelope.Stream))
        {
            var head = Now(shop.Events.LoadHeadAsync(stream.Key));
            var versions = stream.Select(envelope => envelope.Version).ToList();
            Hold(
                versions[^1] == head.Version && versions.SequenceEqual(Enumerable.Range(0, versions.Count).Select(i => versions[0] + i)),
                $"{stream.Key} is at version {head.Version}, and its events are {string.Join(", ", versions)}");
        }
    }
}
