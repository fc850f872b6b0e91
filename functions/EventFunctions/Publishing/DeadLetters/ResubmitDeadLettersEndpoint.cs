using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary>
/// <c>POST /api/admin/dead-letters/{topic}/{subscription}/resubmit</c>: sends dead letters of a subscription to its topic once more,
/// all of them or those of one reason, a bounded number for each call.
/// </summary>
/// <param name="resubmission">Sends.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="logger">Gets how many were resubmitted.</param>
public sealed class ResubmitDeadLettersEndpoint(
    DeadLetterResubmission resubmission, IValidator<ResubmitRequest> validator, ILogger<ResubmitDeadLettersEndpoint> logger)
{
    /// <summary>200 with how many were sent; the same request goes on where there may be more.</summary>
    [Function("ResubmitDeadLetters")]
    [ApiBody(typeof(ResubmitRequest), Optional = true)]
    [ApiAnswer(200, typeof(ResubmissionReport))]
    [ApiProblem(404, "subscription-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "dead-letters/{topic}/{subscription}/resubmit")] HttpRequest request,
        string topic,
        string subscription,
        CancellationToken cancellationToken)
    {
        var source = DeadLetterRoute.Source(topic, subscription);
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).JsonOr(new ResubmitRequest());
        validator.Check(body);
        var limit = body.Limit ?? ResubmitValidator.MostAtOnce;
        var count = await resubmission.ResubmitAsync(
            source, m => body.Reason is null || m.DeadLetterReason == body.Reason, limit, cancellationToken);
        logger.LogInformation("{Count} dead letters of {Source} with reason {Reason} are resubmitted.", count, source, body.Reason ?? "any");
        return new ApiResult(StatusCodes.Status200OK, new ResubmissionReport(topic, subscription, count, count == limit));
    }
}

/// <summary>Which dead letters are to be resubmitted; the body may be left out.</summary>
/// <param name="Reason">Only those that died of this reason.</param>
/// <param name="Limit">How many at most, 1 to 500.</param>
public sealed record ResubmitRequest(string? Reason = null, int? Limit = null);

/// <summary>What a resubmission came to.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="Resubmitted">How many were sent once more.</param>
/// <param name="MayHaveMore">Whether the limit was reached, so that there may be more.</param>
public sealed record ResubmissionReport(string Topic, string Subscription, int Resubmitted, bool MayHaveMore);

/// <summary>Finds everything wrong with such a body.</summary>
public sealed class ResubmitValidator : AbstractValidator<ResubmitRequest>
{
    /// <summary>How many are sent by one call.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Declares the rules.</summary>
    public ResubmitValidator()
    {
        RuleFor(r => r.Reason).Must(r => r is null || !string.IsNullOrWhiteSpace(r)).WithMessage("Must be a reason, or left out.");
        RuleFor(r => r.Limit).Must(l => l is null or (>= 1 and <= MostAtOnce)).WithMessage($"Must be a whole number from 1 to {MostAtOnce}.");
    }
}
