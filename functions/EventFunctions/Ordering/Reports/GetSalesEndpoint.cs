using EventFunctions.Domain;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Reports;

/// <summary><c>GET /api/admin/sales</c>: what was sold, day by day.</summary>
/// <param name="sales">The sales.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class GetSalesEndpoint(SalesReader sales, TimeProvider timeProvider)
{
    /// <summary>The longest period, in days.</summary>
    public const int MaxDays = 92;

    /// <summary>200 with every day of the period.</summary>
    [Function("GetSales")]
    [ApiQuery("from", "The first day, UTC; six days before the last unless it is given.", Type = typeof(DateOnly))]
    [ApiQuery("to", "The last day, UTC; today unless it is given. A period has at most 92 days.", Type = typeof(DateOnly))]
    [ApiQuery("productId", "Counts only this product.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(SalesOfPeriod))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "sales")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var to = QueryParameters.Day(request, "to") ?? DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
        var from = QueryParameters.Day(request, "from") ?? (to.DayNumber < 6 ? DateOnly.MinValue : to.AddDays(-6));
        if (from > to || to.DayNumber - from.DayNumber >= MaxDays)
        {
            throw new ProblemException(Problem.Invalid("from", $"Must be a day not after 'to' and less than {MaxDays} days before it."));
        }

        ProductId? productId = null;
        if (QueryParameters.Text(request, "productId") is { } text && !ProductId.TryCreate(text, out productId))
        {
            throw new ProblemException(Problem.Invalid("productId", $"Must have 1 to {ProductId.MaxLength} letters, digits, '-' or '_'."));
        }

        return new ApiResult(StatusCodes.Status200OK, await sales.OfPeriodAsync(from, to, productId, cancellationToken));
    }
}
