using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;

namespace EventFunctions.Customers;

/// <summary>Ends the account of an erased customer: it says so by its last event, which whoever keeps something of the account follows.</summary>
/// <param name="customers">The accounts.</param>
/// <param name="records">Tell which request the erasure belongs to.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class CustomerAccountErasure(
    IAggregateRepository<Customer, CustomerEvent> customers, IErasureRecords records, TimeProvider timeProvider) : IErasureParticipant
{
    /// <summary>What events say about a command that an erasure sent.</summary>
    public const string Source = "erasure";

    /// <summary>The namespace of the commands' ids.</summary>
    private static readonly Guid Scope = new("5b0f3c52-7a86-4c0b-9c56-0d6d2f1f7e94");

    /// <inheritdoc/>
    public string Name => "customer-account";

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">Others kept changing the account. Run the erasure again.</exception>
    public async Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (!CustomerId.TryCreate(subject.Id, out var customerId))
        {
            return 0;
        }

        var stream = Customer.StreamOf(customerId, subject.Tenant);
        var account = (await customers.LoadAsync(stream, cancellationToken)).State;
        if (account.Id is null || account.Status == CustomerStatus.Erased)
        {
            // A guest who never had an account, or an erasure that is run again.
            return 0;
        }

        var result = await customers.ExecuteAsync(
            stream,
            await CommandAsync(subject, stream, cancellationToken),
            state => CustomerDecider.Decide(state, new EraseCustomer(), timeProvider.GetUtcNow()),
            cancellationToken);
        return result is CommandResult<Customer>.Committed
            ? 1
            : throw new StoreUnavailableException($"The account '{stream}' could not be ended: {result}. Run the erasure again.");
    }

    private async Task<CommandContext> CommandAsync(DataSubjectId subject, StreamName stream, CancellationToken cancellationToken)
    {
        var commandId = NameBasedGuid.Create(Scope, stream.Value);
        var correlationId = (await records.FindAsync(subject, cancellationToken))?.Record.CorrelationId ?? commandId.ToString("N");
        return new CommandContext(new EventMetadata(commandId, correlationId, Tenant: subject.Tenant, Source: Source));
    }
}
