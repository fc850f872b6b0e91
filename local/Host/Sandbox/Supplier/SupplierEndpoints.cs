using EventFunctions.Local.Host.Sandbox.Exchange;
using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Supplier;

/// <summary>The supplier's HTTP interface.</summary>
internal static class SupplierEndpoints
{
    /// <summary>Serves it under <c>/supplier/</c>.</summary>
    public static void MapSupplier(
        this IEndpointRouteBuilder routes, SupplierBook book, Supplies supplies, FaultyExchange<SupplierOperation> exchange)
    {
        var supplier = routes.MapGroup("/supplier");
        supplier.MapGet("/orders", (string? reference) => Results.Json(new { Orders = book.All(reference).Select(OrderLine.Of) }));
        supplier.MapPost("/orders", (HttpContext context, OrderBody body) => body.ToOrder() is { } order
            ? Run(context, new SupplierOperation(order, null), attempt => SupplierRules.FaultOf(order.ProductId, attempt), change => Take(change, order))
            : Task.FromResult(Answer.Refusal(400, "body_incomplete", "The body must have reference, productId and a quantity of 1 or more.").ToResult()));
        supplier.MapPost("/orders/{id}/reminders", (HttpContext context, string id) => Run(
            context, new SupplierOperation(null, id), _ => new Fault.None(), change => Remind(change, id)));

        Task<IResult> Run(HttpContext context, SupplierOperation operation, Func<int, Fault> faultOf, Func<Change, (Answer, BookedOrder?)> effect)
        {
            BookedOrder? booked = null;
            return exchange.RunAsync(
                context,
                operation,
                faultOf,
                change =>
                {
                    (var answer, booked) = effect(change);
                    return answer;
                },
                () =>
                {
                    if (booked is not null)
                    {
                        supplies.SeeTo(booked);
                    }
                });
        }

        (Answer, BookedOrder?) Take(Change change, SupplierOrder order)
        {
            if (!SupplierRules.Supplies(order.ProductId))
            {
                return (Answer.Refusal(422, "product_discontinued", "The supplier has this product no longer."), null);
            }

            var booked = book.Take(change, order);
            return (new Answer(201, new { booked.SupplierOrderId }), booked);
        }

        (Answer, BookedOrder?) Remind(Change change, string id) => book.Remind(change, id) is { } booked
            ? (new Answer(202, new { }), booked)
            : (Answer.Refusal(404, "order_not_found", "There is no such order."), null);
    }

    private sealed record OrderBody(string? Reference, string? ProductId, int? Quantity)
    {
        public SupplierOrder? ToOrder() => Reference is { Length: > 0 } reference && ProductId is { Length: > 0 } product && Quantity is { } quantity and > 0
            ? new SupplierOrder(reference, product, quantity)
            : null;
    }

    private sealed record OrderLine(string SupplierOrderId, string Reference, string ProductId, int Quantity, string Status, int Reminders)
    {
#pragma warning disable CA1308 // The wire format's words are lower-case.
        public static OrderLine Of(BookedOrder booked) => new(
            booked.SupplierOrderId,
            booked.Order.Reference,
            booked.Order.ProductId,
            booked.Order.Quantity,
            booked.Status.ToString().ToLowerInvariant(),
            booked.Reminders);
#pragma warning restore CA1308
    }
}
