using EventFunctions.Domain.Customers;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary><c>POST /api/customers/{customerId}/logouts</c>: the identity provider has closed a session.</summary>
/// <param name="commands">Sends the command.</param>
/// <param name="validator">Checks the body.</param>
public sealed class RecordCustomerLogoutEndpoint(CustomerCommands commands, IValidator<SessionRequest> validator)
{
    /// <summary>200 with the account, also where the session was reported before.</summary>
    [Function("RecordCustomerLogout")]
    [ApiBody(typeof(SessionRequest))]
    [ApiHeaders(IdempotencyKey = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, CustomerRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, CustomerRejections.Erased, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "customers/{customerId}/logouts")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Customer(customerId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var report = body.Json<SessionRequest>();
        validator.Check(report);
        return await commands.SendAsync(request, id, new RecordLogout(report.ToSessionId(), report.OccurredAt!.Value), body, cancellationToken);
    }
}
