using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Http;

/// <summary>
/// Whatever no other function serves below the API's base. The host would answer it 404 without a body, also where only the
/// method is wrong.
/// </summary>
/// <param name="routes">What is served.</param>
public sealed class UnknownRouteEndpoint(ApiRoutes routes)
{
    /// <summary>The last of all names: the host takes the first function by name whose route fits, and this one fits everything.</summary>
    public const string FunctionName = "ZzUnknownRoute";

    /// <summary>405 with the methods that the address takes, or 404.</summary>
    [Function(FunctionName)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path)
    {
        ArgumentNullException.ThrowIfNull(request);
        var allowed = routes.MethodsOf(path ?? string.Empty);
        return new ProblemResult(allowed.Count > 0
            ? Problem.MethodNotAllowed(request.Method, allowed)
            : Problem.NotFound("route-not-found", $"Nothing is served at '{request.Path}'."));
    }
}
