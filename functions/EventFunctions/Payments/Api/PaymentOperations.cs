using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Saga;
using EventFunctions.Sagas;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace EventFunctions.Payments.Api;

/// <summary>Starts the operations that operators ask for, and finds them again.</summary>
/// <param name="payments">The payments.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="options">How patient the operations are.</param>
/// <param name="instances">Starts.</param>
public sealed class PaymentOperations(
    IAggregateRepository<Payment, PaymentEvent> payments, RequestMetadata metadata, IOptions<OrderingOptions> options, SagaInstances instances)
{
    /// <summary>The code of an operation that is not known.</summary>
    public const string NotFoundCode = "payment-operation-not-found";

    /// <summary>An operation's name among those of its order.</summary>
    /// <param name="operation">What it does.</param>
    /// <param name="key">From the request's idempotency key.</param>
    public static string IdOf(PaymentOperation operation, Guid key) => $"{PaymentSaga.NameOf(operation)}-{key:N}";

    /// <summary>The orchestration of an operation.</summary>
    public static string InstanceIdOf(OrderId orderId, string id) => $"{orderId}-{id}";

    /// <summary>Finds an operation.</summary>
    /// <returns><see langword="null"/> if there is none of that name.</returns>
    public static async Task<PaymentOperationReport?> FindAsync(
        DurableTaskClient client, OrderId orderId, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        return await client.GetInstanceAsync(InstanceIdOf(orderId, id), getInputsAndOutputs: true, cancellationToken) is { Name: nameof(PaymentSaga) } instance
            ? PaymentOperationReport.Of(id, instance)
            : null;
    }

    /// <summary>The order's payment as it is.</summary>
    /// <exception cref="ProblemException">404: the order has no payment.</exception>
    public async Task<Loaded<Payment>> LoadAsync(OrderId orderId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        var loaded = await payments.LoadAsync(Payment.StreamOf(orderId), cancellationToken);
        return loaded.Version > 0
            ? loaded
            : throw new ProblemException(Problem.NotFound(PaymentRejections.NotFound, $"There is no payment of an order '{orderId}'."));
    }

    /// <summary>Starts an operation, once for its name.</summary>
    /// <returns>The operation, as it was found where it had been started before.</returns>
    public async Task<PaymentOperationReport> StartAsync(
        DurableTaskClient client, OrderId orderId, PaymentOperation operation, string id, Money amount, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(orderId);
        var circumstances = metadata.ForCommand(Guid.Empty);
        var trace = new SagaTrace(orderId.ToString(), circumstances.CorrelationId, TraceParent: circumstances.TraceParent);
        var input = new PaymentSagaInput(trace, operation, id, PaymentSagaSettings.Of(options.Value.ToSagaSettings()), amount, reason);
        await instances.EnsureStartedAsync(client, nameof(PaymentSaga), InstanceIdOf(orderId, id), input, cancellationToken);
        return await FindAsync(client, orderId, id, cancellationToken)
            ?? throw new InvalidOperationException($"The operation '{id}' of order '{orderId}' was started, but is not there.");
    }
}
