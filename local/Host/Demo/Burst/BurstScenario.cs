using System.Collections.Concurrent;
using System.Net;
using EventFunctions.Local.Host.Demo.Scenarios;
using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Burst;

/// <summary>(g) Many orders at once with all outcomes mixed, counted at the end.</summary>
internal sealed class BurstScenario(int orders, int seed) : IScenario
{
    private const int Senders = 16;
    private const int CancelAttempts = 5;

    /// <summary>Every order is placed, and then waited for: both are progress.</summary>
    private const int Rounds = 2;

    private static readonly TimeSpan CountPause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public string Letter => "g";

    /// <inheritdoc/>
    public string Title => $"A burst of {orders} orders with all outcomes mixed";

    /// <inheritdoc/>
    public async Task PlayAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var plan = BurstPlan.Create(orders, seed);
        foreach (var product in plan.Products)
        {
            await run.StockUpAsync(product.Product, product.OnHand, product.UnitPrice, cancellationToken, product.Currency);
        }

        var placed = new ConcurrentDictionary<int, PlacedOrder>();
        var cancelled = new ConcurrentDictionary<int, bool>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(plan.Orders, parallel, async (order, token) =>
        {
            var answer = await PlaceAsync(run, order, token);
            placed[order.Number] = answer;
            run.Report(placed.Count, Rounds * plan.Orders.Count);
            if (order.Kind == BurstKind.CancelledByCustomer && await CancelAsync(run, answer.OrderId, token))
            {
                cancelled[order.Number] = true;
            }
        });

        var settled = await SettleAsync(run, plan, cancellationToken);
        var audit = new BurstAudit(run, plan, BurstReckoning.Of(plan, cancelled.Keys.ToHashSet()), placed);
        await audit.RunAsync(settled, cancellationToken);
    }

    private static async Task<PlacedOrder> PlaceAsync(ScenarioRun run, BurstOrder order, CancellationToken cancellationToken)
    {
        var request = new OrderRequest(
            run.Name(order.Customer),
            order.Product.Currency,
            order.Kind.TokenOf(),
            Recipient.At(order.Kind.PostalCodeOf()),
            [new OrderLine(run.Name(order.Product.Product), order.Quantity, order.Product.UnitPrice)]);
        var reply = await run.Shop.PlaceAsync(request, run.Name($"burst-{order.Number}"), run.Name($"demo-g-{order.Number}"), cancellationToken);
        return reply.Expect($"Placing order {order.Number} of the burst");
    }

    // 409 means that other writers won every time: the customer asks again, like any client would.
    private static async Task<bool> CancelAsync(ScenarioRun run, string orderId, CancellationToken cancellationToken)
    {
        var reply = await run.Shop.CancelAsync(orderId, "Changed my mind", cancellationToken);
        for (var attempt = 1; reply.Status == HttpStatusCode.Conflict && attempt < CancelAttempts; attempt++)
        {
            reply = await run.Shop.CancelAsync(orderId, "Changed my mind", cancellationToken);
        }

        return reply.Status switch
        {
            HttpStatusCode.Accepted => true,
            HttpStatusCode.UnprocessableEntity => false,
            _ => throw new UnexpectedReplyException($"Cancelling {orderId} was answered {(int)reply.Status}: {reply.Text}"),
        };
    }

    private static Task<IReadOnlyDictionary<string, string>> SettleAsync(ScenarioRun run, BurstPlan plan, CancellationToken cancellationToken)
    {
        var customers = plan.Orders.Select(order => run.Name(order.Customer)).Distinct().ToList();
        return run.SeeAsync(
            async token =>
            {
                var statuses = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var customer in customers)
                {
                    foreach (var order in await run.Shop.ListOrdersAsync(customer, token))
                    {
                        statuses[order.OrderId] = order.Status;
                    }
                }

                run.Report(plan.Orders.Count + statuses.Values.Count(IsSettled), Rounds * plan.Orders.Count);
                return (IReadOnlyDictionary<string, string>)statuses;
            },
            statuses => statuses.Values.Count(IsSettled) == plan.Orders.Count,
            cancellationToken,
            CountPause);
    }

    private static bool IsSettled(string status) => status is "Delivered" or "Cancelled";
}
