using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Ordering.Views;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Ordering.Api;

/// <summary>
/// Answers <c>GET /api/orders/{orderId}?asOf=</c> and <c>?version=</c>: the order as its view showed it, told from its events.
/// </summary>
/// <param name="past">Reads the past.</param>
/// <param name="projection">Makes the view.</param>
public sealed class PastOrder(PastReader past, IProjection<OrderView> projection)
{
    /// <summary>Whether a request is about the past.</summary>
    public static bool IsAskedBy(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Query.ContainsKey("asOf") || request.Query.ContainsKey("version");
    }

    /// <summary>200 with the view as it was, or 404 where there was none.</summary>
    /// <exception cref="ProblemException">400: not one time or one version.</exception>
    public async Task<IResult> AnswerAsync(HttpRequest request, OrderId orderId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(orderId);

        // What was not there yet may be there a moment later, under the same address.
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await past.ViewAsync(Order.StreamOf(orderId), projection, MomentOf(request), cancellationToken) switch
        {
            Past<OrderView>.Found found => new ApiResult(StatusCodes.Status200OK, found.Value, found.Version),
            Past<OrderView>.Absent => NotFound("order-not-found", $"There is no order '{orderId}'."),
            Past<OrderView>.NotBegun notBegun => NotFound(
                "order-not-yet-placed", $"Order '{orderId}' was placed later, at {EventTime.TextOf(notBegun.Begins)}."),
            Past<OrderView>.NotReached notReached => NotFound(
                "order-version-not-found", $"Order '{orderId}' has come to version {notReached.Current} and no further."),
            Past<OrderView>.TooFar tooFar => new ProblemResult(Problem.Rule(
                "order-history-too-long", $"Telling it takes more than {tooFar.Limit} events. Ask for an earlier version or time.")),
            var other => throw new InvalidOperationException($"The past is found or not, not '{other}'."),
        };
    }

    private static Moment MomentOf(HttpRequest request) => (QueryParameters.Time(request, "asOf"), QueryParameters.Version(request, "version")) switch
    {
        ({ } time, null) => new Moment.AtTime(time),
        (null, { } version) => new Moment.AtVersion(version),
        _ => throw new ProblemException(Problem.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["asOf"] = ["Give either a time in 'asOf' or a number in 'version'."],
            ["version"] = ["Give either a time in 'asOf' or a number in 'version'."],
        })),
    };

    private static ProblemResult NotFound(string code, string detail) => new(Problem.NotFound(code, detail));
}
