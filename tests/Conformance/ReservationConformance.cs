using EventFunctions.EventSourcing;
using EventFunctions.Tests.Support;

namespace EventFunctions.Conformance.Tests;

/// <summary>What every store of reserved names promises.</summary>
public abstract class ReservationConformance
{
    private readonly ReservationName _name = new("email", Guid.NewGuid().ToString("N"));
    private readonly string _ada = $"customers-{Guid.NewGuid():N}";
    private readonly string _bob = $"customers-{Guid.NewGuid():N}";

    protected abstract ManualTimeProvider Clock { get; }

    protected abstract IReservations Reservations { get; }

    protected abstract IReservationLookup Lookup { get; }

    [Fact]
    public async Task A_free_name_is_reserved_for_who_asks()
    {
        var held = await Reservations.ReserveAsync(_name, _ada);

        Assert.Equal((_name, _ada, Clock.GetUtcNow()), (held.Name, held.Owner, held.Since));
        Assert.Equal(held, Assert.Single(await Lookup.OwnedByAsync(_ada)));
    }

    [Fact]
    public async Task A_reserved_name_is_not_given_to_another_who_is_told_whose_it_is()
    {
        var held = await Reservations.ReserveAsync(_name, _ada);

        Assert.Equal(held, await Reservations.ReserveAsync(_name, _bob));
        Assert.Empty(await Lookup.OwnedByAsync(_bob));
    }

    [Fact]
    public async Task An_owner_who_reserves_again_renews_the_reservation_and_the_former_state_of_it_counts_no_more()
    {
        var first = await Reservations.ReserveAsync(_name, _ada);
        Clock.Advance(TimeSpan.FromMinutes(1));

        var renewed = await Reservations.ReserveAsync(_name, _ada);

        Assert.Equal((_ada, Clock.GetUtcNow()), (renewed.Owner, renewed.Since));
        Assert.False(await Reservations.ReleaseAsync(first));
        Assert.False(await Reservations.TakeOverAsync(first, _bob));
        Assert.Equal(renewed, Assert.Single(await Lookup.OwnedByAsync(_ada)));
    }

    [Fact]
    public async Task A_reservation_is_taken_over_by_one_of_those_who_try()
    {
        var held = await Reservations.ReserveAsync(_name, _ada);

        var taken = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => Reservations.TakeOverAsync(held, $"{_bob}{n}")));

        Assert.Single(taken, t => t);
        Assert.Equal($"{_bob}{Array.IndexOf(taken, true)}", (await Reservations.ReserveAsync(_name, _ada)).Owner);
        Assert.Empty(await Lookup.OwnedByAsync(_ada));
    }

    [Fact]
    public async Task A_released_name_is_free_and_is_released_once()
    {
        var held = await Reservations.ReserveAsync(_name, _ada);

        Assert.True(await Reservations.ReleaseAsync(held));
        Assert.False(await Reservations.ReleaseAsync(held));
        Assert.False(await Reservations.TakeOverAsync(held, _bob));
        Assert.Equal(_bob, (await Reservations.ReserveAsync(_name, _bob)).Owner);
    }

    [Fact]
    public async Task Of_many_who_reserve_a_name_at_once_one_gets_it()
    {
        var held = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => Reservations.ReserveAsync(_name, $"{_ada}{n}"))));

        Assert.Single(held.Select(h => h.Owner).Distinct());
        Assert.Single(Enumerable.Range(0, 10), n => held[n].Owner == $"{_ada}{n}");
    }

    [Fact]
    public async Task An_owner_is_shown_all_their_names_and_no_others()
    {
        var names = Enumerable.Range(0, 3).Select(n => new ReservationName("email", $"{_name.Value.Split(':')[2]}-{n}")).ToList();
        foreach (var name in names)
        {
            await Reservations.ReserveAsync(name, _ada);
        }

        await Reservations.ReserveAsync(_name, _bob);

        Assert.Equal(names.Select(n => n.Value).Order(), (await Lookup.OwnedByAsync(_ada)).Select(r => r.Name.Value).Order());
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("email", "")]
    [InlineData("e:mail", "a")]
    [InlineData("email", "a/b")]
    public void A_name_has_parts_that_an_items_id_can_hold(string scope, string key) =>
        Assert.Throws<ArgumentException>(() => new ReservationName(scope, key));

    [Fact]
    public void A_name_is_read_from_its_text()
    {
        Assert.Equal(_name, ReservationName.Parse(_name.Value));
        Assert.Throws<FormatException>(() => ReservationName.Parse("key:a:b"));
        Assert.Throws<FormatException>(() => ReservationName.Parse("reservation:a"));
    }
}
