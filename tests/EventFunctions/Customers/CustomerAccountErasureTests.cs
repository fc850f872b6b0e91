using EventFunctions.Customers;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Customers;

/// <summary>Whose data is erased has no account any more.</summary>
public sealed class CustomerAccountErasureTests : IAsyncDisposable
{
    private static readonly DataSubjectId Ada = new(OnboardingWorld.Ada.Value);
    private readonly OnboardingWorld _world = new();
    private readonly InMemoryErasureRecords _records = new();

    private CustomerAccountErasure Erasure =>
        new(_world.Saga.Get<IAggregateRepository<Customer, CustomerEvent>>(), _records, _world.Clock);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_account_ends_with_one_event_in_the_transaction_of_the_erasure_and_the_second_time_with_none()
    {
        await _world.RegisterAsync();
        await _records.SaveAsync(Ada, ErasureRecord.Of(Ada, new ErasureRequest("request 17", "eve", "corr-17"), _world.Clock.GetUtcNow()), token: null);

        Assert.Equal("customer-account", Erasure.Name);
        Assert.Equal(1, await Erasure.EraseAsync(Ada, CancellationToken.None));
        Assert.Equal(0, await Erasure.EraseAsync(Ada, CancellationToken.None));

        var events = await _world.Saga.EventsAsync(Customer.StreamOf(OnboardingWorld.Ada));
        Assert.Equal([typeof(CustomerRegistered), typeof(CustomerErased)], events.Select(e => e.Data.GetType()));
        Assert.Equal(("corr-17", CustomerAccountErasure.Source), (events[^1].Metadata.CorrelationId, events[^1].Metadata.Source));
        Assert.Equal(CustomerStatus.Erased, (await _world.AccountAsync()).Status);
    }

    [Theory]
    [InlineData("a-guest")]
    [InlineData("not an id")]
    public async Task Who_never_had_an_account_has_none_to_end(string person)
    {
        Assert.Equal(0, await Erasure.EraseAsync(new DataSubjectId(person), CancellationToken.None));

        Assert.Empty(await _world.Saga.EventsAsync(new StreamName(Customer.Category, "a-guest")));
    }

    [Fact]
    public async Task The_account_of_another_tenant_stays()
    {
        await _world.RegisterAsync();

        Assert.Equal(0, await Erasure.EraseAsync(Ada with { Tenant = "acme" }, CancellationToken.None));

        Assert.Equal(CustomerStatus.Registered, (await _world.AccountAsync()).Status);
    }
}
