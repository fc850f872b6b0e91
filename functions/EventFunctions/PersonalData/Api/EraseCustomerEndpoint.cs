using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.PersonalData.Api;

/// <summary>
/// <c>POST /api/admin/customers/{customerId}/erase</c>: erases a customer. Their key is deleted, so that everything that is sealed reads
/// as erased for good; then what is kept beside is cleaned. It cannot be undone, and may be sent again at any time.
/// </summary>
/// <param name="erasure">Erases.</param>
/// <param name="report">Composes the answer.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="metadata">Who asks.</param>
public sealed class EraseCustomerEndpoint(
    SubjectErasure erasure, ErasureReporter report, IValidator<EraseCustomerRequest> validator, RequestMetadata metadata)
{
    /// <summary>200 with the report; 503 where something could not be cleaned yet, and the request should be sent again.</summary>
    [Function("EraseCustomer")]
    [ApiBody(typeof(EraseCustomerRequest))]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ErasureReport))]
    [ApiProblem(StatusCodes.Status404NotFound, "customer-not-found")]
    [ApiProblem(StatusCodes.Status503ServiceUnavailable, ErasureReporter.Unfinished)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "customers/{customerId}/erase")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        var subject = new DataSubjectId(RouteId.Customer(customerId).Value);
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).Json<EraseCustomerRequest>();
        validator.Check(body);
        var asked = metadata.ForCommand(Guid.Empty);
        var record = await erasure.RunAsync(
            subject, new ErasureRequest(body.Reason!.Trim(), asked.User, asked.CorrelationId), cancellationToken);
        return report.Answer(record);
    }
}

/// <summary>The body of a request to erase a customer.</summary>
/// <param name="Reason">Why, e.g. the number of the customer's request. It is kept, so it must not name the customer.</param>
public sealed record EraseCustomerRequest(string? Reason);

/// <summary>Finds everything wrong with such a body.</summary>
public sealed class EraseCustomerValidator : AbstractValidator<EraseCustomerRequest>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Declares the rules.</summary>
    public EraseCustomerValidator()
    {
        RuleFor(r => r.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Must say why.");
        RuleFor(r => r.Reason).MaximumLength(MaxReasonLength).WithMessage($"Must have at most {MaxReasonLength} characters.");
        RuleFor(r => r.Reason).Must(reason => reason is null || !reason.Any(char.IsControl)).WithMessage("Must not have control characters.");
    }
}
