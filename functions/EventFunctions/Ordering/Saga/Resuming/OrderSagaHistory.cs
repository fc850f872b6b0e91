using EventFunctions.Domain;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Saga.Resuming;

/// <summary>An order's saga with its resumptions.</summary>
/// <param name="Saga">The saga itself.</param>
/// <param name="Resumptions">In order; each began where the one before ended.</param>
public sealed record OrderSagaHistory(OrchestrationMetadata Saga, IReadOnlyList<OrchestrationMetadata> Resumptions)
{
    /// <summary>The newest of them all.</summary>
    public OrchestrationMetadata Newest => Resumptions.Count > 0 ? Resumptions[^1] : Saga;

    /// <summary>The newest result; <see langword="null"/> while there is none. A resumption that failed itself leaves the one before.</summary>
    public OrderSagaResult? Result => Resumptions.Reverse().Append(Saga).Select(ResultOf).FirstOrDefault(r => r is not null);

    /// <summary>Finds an order's saga.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public static async Task<OrderSagaHistory?> FindAsync(DurableTaskClient client, OrderId orderId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(orderId);
        return await client.GetInstanceAsync(orderId.ToString(), getInputsAndOutputs: true, cancellationToken) is { } saga
            ? await OfAsync(client, saga, cancellationToken)
            : null;
    }

    /// <summary>A saga that was found, with its resumptions.</summary>
    /// <param name="client">The sagas.</param>
    /// <param name="saga">The saga, with input and output.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OrderSagaHistory> OfAsync(DurableTaskClient client, OrchestrationMetadata saga, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(saga);
        var resumptions = new List<OrchestrationMetadata>();
        while (saga.IsCompleted && await client.GetInstanceAsync(
            ResumeOrderSaga.InstanceIdOf(saga.InstanceId, resumptions.Count + 1), getInputsAndOutputs: true, cancellationToken) is { } next)
        {
            resumptions.Add(next);
        }

        return new OrderSagaHistory(saga, resumptions);
    }

    /// <summary>The trace of the saga, from what it was started with.</summary>
    /// <exception cref="InvalidOperationException">It was started with something else.</exception>
    public SagaTrace Trace() => Saga.ReadInputAs<OrderSagaInput>()?.Trace
        ?? throw new InvalidOperationException($"The saga '{Saga.InstanceId}' was started without its input.");

    private static OrderSagaResult? ResultOf(OrchestrationMetadata instance) =>
        instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? instance.ReadOutputAs<OrderSagaResult>() : null;
}
