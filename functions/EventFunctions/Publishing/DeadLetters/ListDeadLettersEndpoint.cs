using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary><c>GET /api/admin/dead-letters</c>: every subscription with how many dead letters it has, and why they died.</summary>
/// <param name="queues">The dead letters.</param>
public sealed class ListDeadLettersEndpoint(DeadLetterQueues queues)
{
    /// <summary>How many dead letters of a subscription are counted.</summary>
    public const int MostCounted = 100;

    /// <summary>200 with the subscriptions, those without dead letters included.</summary>
    [Function("ListDeadLetters")]
    [ApiAnswer(200, typeof(DeadLetterSummary))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "dead-letters")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        _ = request;
        var items = await Task.WhenAll(SubscriptionName.All.Select(s => CountAsync(s, cancellationToken)));
        return new ApiResult(StatusCodes.Status200OK, new DeadLetterSummary(items));
    }

    private async Task<SubscriptionDeadLetters> CountAsync(SubscriptionName source, CancellationToken cancellationToken)
    {
        var dead = await queues.PeekAsync(source, from: 0, MostCounted + 1, cancellationToken);
        var reasons = dead.Take(MostCounted)
            .GroupBy(m => m.DeadLetterReason ?? "not-told", StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new SubscriptionDeadLetters(source.Topic, source.Subscription, Math.Min(dead.Count, MostCounted), dead.Count > MostCounted, reasons);
    }
}

/// <summary>All subscriptions with their dead letters.</summary>
/// <param name="Items">By topic and name.</param>
public sealed record DeadLetterSummary(IReadOnlyList<SubscriptionDeadLetters> Items);

/// <summary>How many dead letters a subscription has.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="Count">How many were counted; counting stops at <see cref="ListDeadLettersEndpoint.MostCounted"/>.</param>
/// <param name="HasMore">Whether there are more than were counted.</param>
/// <param name="Reasons">How many of those counted died of which reason.</param>
public sealed record SubscriptionDeadLetters(
    string Topic, string Subscription, int Count, bool HasMore, IReadOnlyDictionary<string, int> Reasons);
