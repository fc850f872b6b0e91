using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.PersonalData.MasterKeys;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.PersonalData.Api;

/// <summary><c>GET /api/admin/personal-data/master-key</c>: which version of the master key wraps, and how many of people's keys another one has wrapped.</summary>
/// <param name="change">Changes the master key.</param>
public sealed class GetMasterKeyEndpoint(MasterKeyChange change)
{
    /// <summary>200 with the version, and how many keys are left to another one.</summary>
    [Function("GetMasterKey")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(MasterKeyReport))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "personal-data/master-key")] HttpRequest request,
        CancellationToken cancellationToken) =>
        new ApiResult(StatusCodes.Status200OK, await change.ReportAsync(cancellationToken));
}
