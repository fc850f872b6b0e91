using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.PersonalData.MasterKeys;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.PersonalData.Api;

/// <summary><c>POST /api/admin/personal-data/master-key/rewrap</c>: wraps more of people's keys anew after a rotation; sent again until none is left.</summary>
/// <param name="change">Changes the master key.</param>
public sealed class RewrapSubjectKeysEndpoint(MasterKeyChange change)
{
    /// <summary>200 with the version, and how many keys are left to another one.</summary>
    [Function("RewrapSubjectKeys")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(MasterKeyReport))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "personal-data/master-key/rewrap")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new ApiResult(StatusCodes.Status200OK, await change.RewrapAsync(cancellationToken));
}
