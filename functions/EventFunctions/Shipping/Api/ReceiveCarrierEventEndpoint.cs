using EventFunctions.Domain;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Shipping.Api;

/// <summary><c>POST /api/carrier/events</c>: the carrier reports what became of a shipment.</summary>
/// <param name="signature">Proves who calls.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="shipments">The shipments.</param>
/// <param name="events">A shipment's first event tells the business transaction it belongs to.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ReceiveCarrierEventEndpoint(
    CarrierSignature signature,
    IValidator<CarrierEventRequest> validator,
    IAggregateRepository<Shipment, ShipmentEvent> shipments,
    IEventLookup events,
    RequestMetadata metadata,
    TimeProvider timeProvider)
{
    /// <summary>What events say about a command the carrier's report led to.</summary>
    public const string Source = "carrier-webhook";

    /// <summary>204, also for a report that came before; 404 until the shipment is recorded, so that the carrier tries again.</summary>
    [Function("ReceiveCarrierEvent")]
    [ApiHeaders(Required = [CarrierSignature.Header])]
    [ApiBody(typeof(CarrierEventRequest))]
    [ApiAnswer(204)]
    [ApiProblem(401, "signature-invalid")]
    [ApiProblem(404, ShipmentRejections.NotFound)]
    [ApiProblem(409, "contended")]
    [ApiProblem(422, ShipmentRejections.Cancelled, ShipmentRejections.Delivered)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "carrier/events")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (!signature.Signs(body.Bytes.Span, request.Headers[CarrierSignature.Header].ToString()))
        {
            return new ProblemResult(Problem.Unauthorized($"Sign the body in '{CarrierSignature.Header}'."));
        }

        var report = body.Json<CarrierEventRequest>();
        validator.Check(report);
        if (!OrderId.TryCreate(report.Reference, out var orderId)
            || await events.FindAsync(Shipment.StreamOf(orderId), version: 1, cancellationToken) is not { } first
            || first.Data is not ShipmentCreated created
            || created.CarrierShipmentId != report.CarrierShipmentId)
        {
            return new ProblemResult(Problem.NotFound(ShipmentRejections.NotFound, $"There is no shipment '{report.CarrierShipmentId}' for '{report.Reference}'."));
        }

        var result = await shipments.ExecuteAsync(
            Shipment.StreamOf(orderId),
            CommandOf(orderId, report, first),
            shipment => ShipmentDecider.Decide(shipment, report.ToCommand(), timeProvider.GetUtcNow()),
            cancellationToken);
        return result is CommandResult<Shipment>.Committed ? Results.NoContent() : new ProblemResult(ProblemMap.Of(result));
    }

    /// <summary>The carrier knows nothing of our correlation and of who leads the order, nor has it to pass a trace on; the shipment's own events do.</summary>
    private CommandContext CommandOf(OrderId orderId, CarrierEventRequest report, EventEnvelope first)
    {
        var circumstances = metadata.ForCommand(NameBasedGuid.Create(orderId.Value, $"carrier:{report.Status}"));
        return new CommandContext(circumstances with
        {
            CorrelationId = first.Metadata.CorrelationId,
            CausationId = first.EventId.ToString(),
            TraceParent = first.Metadata.TraceParent ?? circumstances.TraceParent,
            TraceState = first.Metadata.TraceParent is null ? circumstances.TraceState : first.Metadata.TraceState,
            Source = Source,
            Process = first.Metadata.Process,
        });
    }
}
