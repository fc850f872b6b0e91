using EventFunctions.Domain.Customers;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Api;

/// <summary><c>POST /api/admin/customers/{customerId}/promote</c>: serves a customer better from now on.</summary>
/// <param name="commands">Sends the command.</param>
/// <param name="validator">Checks the body.</param>
public sealed class PromoteCustomerEndpoint(CustomerCommands commands, IValidator<PromotionRequest> validator)
{
    /// <summary>200 with the account, or a problem.</summary>
    [Function("PromoteCustomer")]
    [ApiBody(typeof(PromotionRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(CustomerAnswer), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, CustomerRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, "contended")]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(
        StatusCodes.Status422UnprocessableEntity,
        CustomerRejections.TierNotHigher, CustomerRejections.Deactivated, CustomerRejections.Erased, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "customers/{customerId}/promote")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Customer(customerId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var promotion = body.Json<PromotionRequest>();
        validator.Check(promotion);
        return await commands.SendAsync(request, id, new PromoteCustomer(promotion.ToTier()), body, cancellationToken);
    }
}

/// <summary>The body of a promotion.</summary>
/// <param name="Tier">The new tier: <c>Silver</c>, <c>Gold</c> or <c>Platinum</c>.</param>
public sealed record PromotionRequest(string? Tier)
{
    /// <summary>The tier of a valid body.</summary>
    public CustomerTier ToTier() => Enum.Parse<CustomerTier>(Tier!);
}

/// <summary>Finds everything wrong with a promotion's body.</summary>
public sealed class PromotionValidator : AbstractValidator<PromotionRequest>
{
    private static readonly string[] Tiers = [.. Enum.GetNames<CustomerTier>().Where(t => t != nameof(CustomerTier.Standard))];

    /// <summary>Declares the rules.</summary>
    public PromotionValidator() => RuleFor(r => r.Tier).Must(t => Tiers.Contains(t, StringComparer.Ordinal))
        .WithMessage($"Must be one of '{string.Join("', '", Tiers)}'.");
}
