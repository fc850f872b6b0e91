using EventFunctions.Domain.Customers;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary><c>PUT /api/customers/{customerId}/preferences</c>: changes how a customer wants to be spoken to.</summary>
/// <param name="commands">Sends the command.</param>
/// <param name="validator">Checks the body.</param>
public sealed class UpdateCustomerPreferencesEndpoint(CustomerCommands commands, IValidator<PreferencesRequest> validator)
{
    /// <summary>200 with the account, or a problem.</summary>
    [Function("UpdateCustomerPreferences")]
    [ApiBody(typeof(PreferencesRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, CustomerRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, CustomerRejections.Deactivated, CustomerRejections.Erased, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "customers/{customerId}/preferences")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Customer(customerId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var preferences = body.Json<PreferencesRequest>();
        validator.Check(preferences);
        return await commands.SendAsync(request, id, new UpdatePreferences(PreferencesRequest.ToPreferences(preferences)), body, cancellationToken);
    }
}
