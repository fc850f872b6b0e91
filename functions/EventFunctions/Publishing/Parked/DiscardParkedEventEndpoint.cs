using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing.Parked;

/// <summary><c>POST /api/admin/parked/{stream}/{id}/discard</c>: decides that a parked event is never to be published. It stays in its stream.</summary>
/// <param name="parked">The parked events.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="metadata">Who asks.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class DiscardParkedEventEndpoint(
    IParkedEvents parked, IValidator<DiscardRequest> validator, RequestMetadata metadata, TimeProvider timeProvider)
{
    /// <summary>200 with the event and the decision, the first one where there was one before; 404 where the event is not parked.</summary>
    [Function("DiscardParkedEvent")]
    [ApiBody(typeof(DiscardRequest))]
    [ApiAnswer(200, typeof(ParkedEventReport))]
    [ApiProblem(404, "event-not-parked")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "parked/{stream}/{id}/discard")] HttpRequest request,
        string stream,
        string id,
        CancellationToken cancellationToken)
    {
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).Json<DiscardRequest>();
        validator.Check(body);
        var source = new DocumentReference(stream, id);
        var asked = metadata.ForCommand(Guid.Empty);
        var discard = new Discard(body.Reason!.Trim(), timeProvider.GetUtcNow(), asked.User, asked.ClientAddress, asked.CorrelationId);
        return await parked.DiscardAsync(source, discard, cancellationToken) is { } discarded
            ? new ApiResult(StatusCodes.Status200OK, ParkedEventReport.Of(discarded))
            : new ProblemResult(ParkedEventReport.NotParked(source));
    }
}

/// <summary>The body of a decision to discard.</summary>
/// <param name="Reason">Why; it is kept.</param>
public sealed record DiscardRequest(string? Reason);

/// <summary>Finds everything wrong with such a body.</summary>
public sealed class DiscardValidator : AbstractValidator<DiscardRequest>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Declares the rules.</summary>
    public DiscardValidator()
    {
        RuleFor(r => r.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Must say why.");
        RuleFor(r => r.Reason).MaximumLength(MaxReasonLength).WithMessage($"Must have at most {MaxReasonLength} characters.");
        RuleFor(r => r.Reason).Must(reason => reason is null || !reason.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
            .WithMessage("Must not have control characters other than line breaks and tabs.");
    }
}
