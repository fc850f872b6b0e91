using EventFunctions.Domain.Customers;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary><c>POST /api/admin/customers/{customerId}/reactivate</c>: opens a closed account again.</summary>
/// <param name="commands">Sends the command.</param>
public sealed class ReactivateCustomerEndpoint(CustomerCommands commands)
{
    /// <summary>200 with the account, also where it is open already; 422 where no address of it was ever verified.</summary>
    [Function("ReactivateCustomer")]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, CustomerRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, CustomerRejections.AddressUnverified, CustomerRejections.Erased)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "customers/{customerId}/reactivate")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Customer(customerId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        return await commands.SendAsync(request, id, new ReactivateCustomer(), body, cancellationToken);
    }
}
