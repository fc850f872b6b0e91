using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Inventory.Replenishment.Api;

/// <summary><c>POST /api/suppliers/confirmations</c>: the supplier reports that it has delivered an order, or will not.</summary>
/// <param name="signature">Proves who calls.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="logger">Gets reports about replenishments that have ended.</param>
public sealed class ReceiveSupplierConfirmationEndpoint(
    SupplierSignature signature, IValidator<SupplierConfirmationRequest> validator, ILogger<ReceiveSupplierConfirmationEndpoint> logger)
{
    /// <summary>204, also for a report that came before; 404 where there is no such order.</summary>
    [Function("ReceiveSupplierConfirmation")]
    [ApiBody(typeof(SupplierConfirmationRequest))]
    [ApiAnswer(StatusCodes.Status204NoContent)]
    [ApiProblem(StatusCodes.Status401Unauthorized, "signature-invalid")]
    [ApiProblem(StatusCodes.Status404NotFound, ReplenishmentReader.NotFound)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "suppliers/confirmations")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (!signature.Signs(body.Bytes.Span, request.Headers[SupplierSignature.Header].ToString()))
        {
            return new ProblemResult(Problem.Unauthorized($"Sign the body in '{SupplierSignature.Header}'."));
        }

        var report = body.Json<SupplierConfirmationRequest>();
        validator.Check(report);
        var replenishment = await ReplenishmentReader.ReadAsync(client, report.Reference!, cancellationToken);
        if (replenishment.SupplierOrderId is { } known && known != report.SupplierOrderId)
        {
            return new ProblemResult(Problem.NotFound(
                ReplenishmentReader.NotFound, $"The replenishment '{report.Reference}' has no order '{report.SupplierOrderId}'."));
        }

        var answer = report.ToAnswer();
        if (replenishment.IsOpen)
        {
            await client.RaiseEventAsync(replenishment.ReplenishmentId, ReplenishmentAnswer.EventName, answer, cancellationToken);
        }
        else if (replenishment.State != ReplenishmentState.Replenished)
        {
            // It will not be heard, and the supplier has nothing better to do than to repeat it: somebody has to look.
            logger.LogError(
                "The supplier reports '{Status}' of {Replenishment}, which has ended as {State}.",
                report.Status,
                replenishment.ReplenishmentId,
                replenishment.State);
        }

        return Results.NoContent();
    }
}
