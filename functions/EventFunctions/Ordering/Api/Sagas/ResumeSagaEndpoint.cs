using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Ordering.Saga.Resuming;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Api.Sagas;

/// <summary><c>POST /api/admin/sagas/{orderId}/resume</c>: tries once more what an order's saga had to leave undone, and only that.</summary>
/// <param name="resumer">Starts.</param>
public sealed class ResumeSagaEndpoint(OrderSagaResumer resumer)
{
    /// <summary>The code of a saga that has nothing left to do.</summary>
    public const string NotResumableCode = "saga-not-resumable";

    /// <summary>202 with the place of its status, also where a resumption is under way already.</summary>
    [Function("ResumeSaga")]
    [ApiAnswer(StatusCodes.Status202Accepted, typeof(ResumptionAnswer), HasLocation = true)]
    [ApiProblem(StatusCodes.Status404NotFound, OrderSagaReader.NotFoundCode)]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, NotResumableCode)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "sagas/{orderId}/resume")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string orderId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = RouteId.Order(orderId);
        var history = await OrderSagaReader.FindAsync(client, id, cancellationToken);
        return await resumer.ResumeAsync(client, history, cancellationToken) is { } number
            ? new ApiResult(StatusCodes.Status202Accepted, new ResumptionAnswer(id.ToString(), number), location: $"/api/admin/sagas/{id}")
            : new ProblemResult(Problem.Rule(NotResumableCode, Why(history)));
    }

    private static string Why(OrderSagaHistory history)
    {
        var state = OrderSagaReport.StatusOf(history.Newest).State;
        return state == Saga.OrderSagaState.DeliveryOverdue
            ? "The saga gave up waiting for the parcel; word of its arrival closes the order without the saga."
            : $"The saga is {state}: only one that ended as CompensationFailed or CompletionFailed has anything to resume.";
    }
}

/// <summary>The answer to a resumption.</summary>
/// <param name="OrderId">The order, format "N".</param>
/// <param name="Number">The number of the resumption, from 1.</param>
public sealed record ResumptionAnswer(string OrderId, int Number);
