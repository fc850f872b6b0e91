using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Marketing;

/// <summary><c>GET /api/marketing/profiles/{customerId}</c>: shows what marketing knows of a customer, a moment after it happened.</summary>
/// <param name="reader">Shows it.</param>
public sealed class GetMarketingProfileEndpoint(ProfileReader reader)
{
    private const int MaxIdLength = 64;

    /// <summary>200 with the profile; 404 where nothing is known, or the customer is erased.</summary>
    [Function("GetMarketingProfile")]
    [ApiAnswer(200, typeof(MarketingProfileReport))]
    [ApiProblem(404, "profile-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "marketing/profiles/{customerId}")] HttpRequest request,
        string customerId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var profile = IsId(customerId) ? await reader.FindAsync(customerId, tenant: null, cancellationToken) : null;
        return profile is null
            ? new ProblemResult(Problem.NotFound("profile-not-found", $"Marketing knows nothing of '{customerId}', or not yet."))
            : new ApiResult(StatusCodes.Status200OK, profile);
    }

    /// <summary>What else is written there is nobody's id, and may not even be the name of an item.</summary>
    private static bool IsId(string text) => text.Length is > 0 and <= MaxIdLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
