using EventFunctions.Local.Host.Sandbox.Exchange;
using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>The carrier's HTTP interface.</summary>
internal static class CarrierEndpoints
{
    /// <summary>Serves it under <c>/carrier/</c>.</summary>
    public static void MapCarrier(
        this IEndpointRouteBuilder routes, ParcelRegister register, Journeys journeys, FaultyExchange<ParcelOrder> exchange)
    {
        var carrier = routes.MapGroup("/carrier");
        carrier.MapGet("/shipments", (string? reference) => Results.Json(new { Shipments = register.All(reference).Select(ParcelLine.Of) }));
        carrier.MapPost("/shipments", (HttpContext context, ParcelBody body) => (body.ToOrder(), journeys.IsFull) switch
        {
            (null, _) => Refuse(400, "body_incomplete", "The body must have reference and address.postalCode."),
            (_, true) => Refuse(503, "at_capacity", "Too many parcels are under way; try again."),
            ({ } order, _) => AcceptAsync(context, order),
        });
        carrier.MapDelete("/shipments/{id}", async (string id) => (await CancelAsync(id)).ToResult());

        static Task<IResult> Refuse(int status, string code, string detail) => Task.FromResult(Answer.Refusal(status, code, detail).ToResult());

        Task<IResult> AcceptAsync(HttpContext context, ParcelOrder order)
        {
            Parcel? accepted = null;
            return exchange.RunAsync(context, order, attempt => CarrierRules.FaultOf(order.Address, attempt), Accept, () =>
            {
                if (accepted is not null)
                {
                    journeys.Begin(accepted);
                }
            });

            Answer Accept(Change change)
            {
                if (!CarrierRules.IsServiceable(order.Address))
                {
                    return Answer.Refusal(422, "address_unserviceable", "The carrier does not deliver to this postal code.");
                }

                accepted = register.Accept(change, order);
                return new Answer(201, new { accepted.CarrierShipmentId, accepted.TrackingNumber });
            }
        }

        async Task<Answer> CancelAsync(string id)
        {
            if (register.Find(id) is null)
            {
                return Answer.Refusal(404, "shipment_not_found", "There is no such shipment.");
            }

            return await register.MoveAsync(id, ParcelStatus.Cancelled) is null
                ? Answer.Refusal(409, "shipment_delivered", "The shipment was delivered.")
                : new Answer(200, new { });
        }
    }

    private sealed record ParcelBody(string? Reference, ParcelAddress? Address)
    {
        public ParcelOrder? ToOrder() => Reference is { Length: > 0 } reference && Address is { PostalCode.Length: > 0 } address
            ? new ParcelOrder(reference, address)
            : null;
    }

    private sealed record ParcelLine(string CarrierShipmentId, string Reference, string TrackingNumber, string? PostalCode, string Status)
    {
#pragma warning disable CA1308 // The wire format's words are lower-case.
        public static ParcelLine Of(Parcel parcel) =>
            new(parcel.CarrierShipmentId, parcel.Reference, parcel.TrackingNumber, parcel.Address.PostalCode, parcel.Status.ToString().ToLowerInvariant());
#pragma warning restore CA1308
    }
}
