using EventFunctions.Customers.Addresses;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Customers;

/// <summary>No two accounts have one address, whatever stops halfway.</summary>
public sealed class EmailReservationTests : IAsyncDisposable
{
    private static readonly CustomerId Bob = new("bob");
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);
    private readonly OnboardingWorld _world = new();

    private EmailReservations Addresses => _world.Saga.Get<EmailReservations>();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task An_address_that_an_account_has_is_refused_to_another_in_any_spelling_however_old()
    {
        Assert.True(await ReserveAsync(OnboardingWorld.Ada));
        await _world.RegisterAsync();
        _world.Clock.Advance(10 * Grace);

        Assert.False(await ReserveAsync(Bob));
        Assert.False(await Addresses.TryReserveAsync(new Email("ADA@Example.com"), Bob, null, CancellationToken.None));
        Assert.True(await ReserveAsync(OnboardingWorld.Ada));
    }

    [Fact]
    public async Task Of_twenty_who_reserve_an_address_at_once_one_gets_it()
    {
        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => ReserveAsync(new CustomerId($"customer-{n}")))));

        Assert.Single(got, g => g);
    }

    [Fact]
    public async Task A_reservation_whose_registration_never_came_is_left_alone_for_a_while_and_taken_over_then()
    {
        Assert.True(await ReserveAsync(OnboardingWorld.Ada));

        Assert.False(await ReserveAsync(Bob));
        _world.Clock.Advance(Grace);
        Assert.True(await ReserveAsync(Bob));
        Assert.False(await ReserveAsync(OnboardingWorld.Ada));
    }

    [Fact]
    public async Task An_address_that_an_account_has_no_more_is_released_and_the_one_it_has_is_not()
    {
        var other = new Email("ada@example.org");
        await ReserveAsync(OnboardingWorld.Ada);
        await _world.RegisterAsync();
        await _world.SendAsync(new ConfirmAddress(1));
        Assert.True(await Addresses.TryReserveAsync(other, OnboardingWorld.Ada, null, CancellationToken.None));
        await _world.SendAsync(new ChangeEmail(other));
        await _world.SendAsync(new ConfirmAddress(2));
        _world.Clock.Advance(Grace);

        Assert.Equal(1, await Addresses.ReleaseUnusedAsync(OnboardingWorld.Ada, null, CancellationToken.None));

        Assert.True(await ReserveAsync(Bob));
        Assert.False(await Addresses.TryReserveAsync(other, Bob, null, CancellationToken.None));
    }

    [Fact]
    public async Task An_address_that_was_reserved_just_now_is_not_released_because_its_change_may_be_under_way()
    {
        await ReserveAsync(OnboardingWorld.Ada);

        Assert.Equal(0, await Addresses.ReleaseUnusedAsync(OnboardingWorld.Ada, null, CancellationToken.None));
    }

    [Fact]
    public async Task An_erasure_forgets_the_addresses_and_says_how_many_and_nothing_the_second_time()
    {
        var erasure = new EmailReservationErasure(Addresses);
        await ReserveAsync(OnboardingWorld.Ada);
        await _world.RegisterAsync();
        await _world.SendAsync(new EraseCustomer());

        Assert.Equal("email-reservation", erasure.Name);
        Assert.Equal(1, await erasure.EraseAsync(new DataSubjectId("ada"), CancellationToken.None));
        Assert.Equal(0, await erasure.EraseAsync(new DataSubjectId("ada"), CancellationToken.None));
        Assert.Equal(0, await erasure.EraseAsync(new DataSubjectId("not an id"), CancellationToken.None));
        Assert.True(await ReserveAsync(Bob));
    }

    [Fact]
    public void What_an_address_is_reserved_under_tells_nothing_without_the_key_and_is_another_in_each_tenant()
    {
        var index = new EmailIndex("one-key-of-at-least-thirty-two-chars");
        var name = index.NameOf(OnboardingWorld.Mailbox, null);

        Assert.DoesNotContain("ada", name.Value["reservation:email:".Length..], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(name, index.NameOf(new Email("ADA@EXAMPLE.COM"), null));
        Assert.NotEqual(name, index.NameOf(OnboardingWorld.Mailbox, "acme"));
        Assert.NotEqual(name, new EmailIndex("another-key-of-at-least-thirty-two-c").NameOf(OnboardingWorld.Mailbox, null));
    }

    private Task<bool> ReserveAsync(CustomerId customer) => Addresses.TryReserveAsync(OnboardingWorld.Mailbox, customer, null, CancellationToken.None);
}
