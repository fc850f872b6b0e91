using EventFunctions.Composition;
using EventFunctions.Sagas;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace EventFunctions.Ordering.Saga.Resuming;

/// <summary>Starts the resumption of an order's saga, one at a time.</summary>
/// <param name="options">What resumptions are told.</param>
/// <param name="instances">Starts; one that has ended is not replaced by another of its number.</param>
public sealed class OrderSagaResumer(IOptions<OrderingOptions> options, SagaInstances instances)
{
    /// <summary>Starts a resumption, unless one is under way.</summary>
    /// <param name="client">The sagas.</param>
    /// <param name="history">The saga as it was found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The number of the resumption that is under way; <see langword="null"/> if there is nothing that could be resumed.</returns>
    public async Task<int?> ResumeAsync(DurableTaskClient client, OrderSagaHistory history, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(history);
        if (history.Resumptions is [.., { IsCompleted: false }])
        {
            return history.Resumptions.Count;
        }

        if (!history.Saga.IsCompleted || history.Result is not { IsResumable: true } from)
        {
            return null;
        }

        var number = history.Resumptions.Count + 1;
        await instances.EnsureStartedAsync(
            client,
            nameof(ResumeOrderSaga),
            ResumeOrderSaga.InstanceIdOf(history.Saga.InstanceId, number),
            new ResumptionInput(history.Trace(), options.Value.ToSagaSettings(), number, from),
            cancellationToken);
        return number;
    }
}
