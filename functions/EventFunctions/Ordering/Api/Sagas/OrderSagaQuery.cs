using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Saga.Resuming;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Api.Sagas;

/// <summary>Looks through the sagas of orders for those in certain states.</summary>
/// <param name="sagas">Makes the reports.</param>
/// <remarks>
/// The engine finds instances by runtime status and time of creation, not by what their custom status says. So a request looks
/// through a bounded number of them, and a page may be empty though there are more; see <c>docs/decisions/0011-resuming-compensation.md</c>.
/// </remarks>
public sealed class OrderSagaQuery(OrderSagaReader sagas)
{
    /// <summary>How many of the engine's pages one request looks through.</summary>
    private const int MostPages = 10;

    /// <summary>How many instances such a page has.</summary>
    private const int InstancesPerPage = 100;

    /// <summary>Looks.</summary>
    /// <param name="client">The sagas.</param>
    /// <param name="states">The states that are looked for, as reports tell them.</param>
    /// <param name="from">Only those that began then or later.</param>
    /// <param name="to">Only those that began then or earlier.</param>
    /// <param name="continuation">Where to go on, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OrderSagasPage> FindAsync(
        DurableTaskClient client,
        IReadOnlyList<string> states,
        DateTimeOffset? from,
        DateTimeOffset? to,
        string? continuation,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(states);
        var query = new OrchestrationQuery(from, to, RuntimeStatusesOf(states), PageSize: InstancesPerPage, FetchInputsAndOutputs: true);
        List<OrderSagaReport> found = [];
        var pages = 0;
        await foreach (var page in client.GetAllInstancesAsync(query).AsPages(continuation, InstancesPerPage).WithCancellation(cancellationToken))
        {
            foreach (var instance in page.Values.Where(i => i.Name == nameof(OrderSaga) && MayBe(i, states)))
            {
                var report = await sagas.ReportAsync(await OrderSagaHistory.OfAsync(client, instance, cancellationToken), cancellationToken);
                if (states.Contains(report.State))
                {
                    found.Add(report);
                }
            }

            if (page.ContinuationToken is null || found.Count > 0 || ++pages == MostPages)
            {
                return new OrderSagasPage(found, page.ContinuationToken);
            }
        }

        return new OrderSagasPage(found, Continuation: null);
    }

    /// <summary>Whether its report may tell one of the states: a resumption takes it further, and word of a delivery too.</summary>
    private static bool MayBe(OrchestrationMetadata instance, IReadOnlyList<string> states)
    {
        var state = OrderSagaReport.StatusOf(instance).State;
        return states.Contains(state) || OrderSagaState.OpenEnds.Contains(state);
    }

    private static List<OrchestrationRuntimeStatus> RuntimeStatusesOf(IReadOnlyList<string> states) =>
        [.. states.SelectMany(RuntimeStatusesOf).Distinct()];

    private static OrchestrationRuntimeStatus[] RuntimeStatusesOf(string state) => state switch
    {
        nameof(OrchestrationRuntimeStatus.Failed) => [OrchestrationRuntimeStatus.Failed],
        nameof(OrchestrationRuntimeStatus.Terminated) => [OrchestrationRuntimeStatus.Terminated],
        OrderSagaState.Running or OrderSagaState.AwaitingReview or OrderSagaState.AwaitingDelivery or OrderSagaState.Compensating =>
            [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended],
        _ => [OrchestrationRuntimeStatus.Completed],
    };
}

/// <summary>A page of sagas.</summary>
/// <param name="Items">What was found, the oldest first where the engine keeps that order; there may be none though a continuation follows.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record OrderSagasPage(IReadOnlyList<OrderSagaReport> Items, string? Continuation);
