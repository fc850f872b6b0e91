using EventFunctions.EventSourcing;
using EventFunctions.Tests.Support;

namespace EventFunctions.Conformance.Tests;

/// <summary>What every inbox promises.</summary>
public abstract class InboxConformance(ManualTimeProvider clock)
{
    protected static readonly InboxOptions Options = new() { Lease = TimeSpan.FromSeconds(30), TimeToLive = TimeSpan.FromHours(2) };

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly InboxKey _key = new("a-handler", Guid.NewGuid().ToString());

    private IInbox Inbox => Open(Options);

    [Fact]
    public async Task A_message_that_comes_for_the_first_time_is_taken_until_the_lease_is_over()
    {
        var claim = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));

        Assert.Equal(clock.GetUtcNow() + Options.Lease, claim.Until);
        Assert.NotEmpty(claim.Token);
    }

    [Fact]
    public async Task A_message_in_hand_is_not_taken_twice_and_tells_until_when()
    {
        var first = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));
        clock.Advance(Options.Lease - Moment);

        Assert.Equal(new InboxClaim.InHand(first.Until), await Inbox.ClaimAsync(_key));
    }

    [Fact]
    public async Task A_message_that_is_handled_is_refused()
    {
        var claim = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));

        Assert.True(await Inbox.CompleteAsync(_key, claim));

        Assert.IsType<InboxClaim.Done>(await Inbox.ClaimAsync(_key));
        clock.Advance(Options.Lease + Moment);
        Assert.IsType<InboxClaim.Done>(await Inbox.ClaimAsync(_key));
    }

    [Fact]
    public async Task A_message_is_remembered_for_its_time_to_live_and_no_longer()
    {
        Assert.True(await Inbox.CompleteAsync(_key, Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key))));

        clock.Advance(Options.TimeToLive - TimeSpan.FromSeconds(1));
        Assert.IsType<InboxClaim.Done>(await Inbox.ClaimAsync(_key));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));
    }

    [Fact]
    public async Task The_time_to_live_begins_when_the_message_is_handled()
    {
        var claim = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));
        clock.Advance(Options.Lease / 2);
        Assert.True(await Inbox.CompleteAsync(_key, claim));

        clock.Advance(Options.TimeToLive - TimeSpan.FromSeconds(1));

        Assert.IsType<InboxClaim.Done>(await Inbox.ClaimAsync(_key));
    }

    [Fact]
    public async Task A_claim_whose_lease_is_over_is_taken_over_and_the_first_can_no_longer_record_or_give_back()
    {
        var first = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));
        clock.Advance(Options.Lease);
        var second = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));

        Assert.NotEqual(first.Token, second.Token);
        Assert.False(await Inbox.CompleteAsync(_key, first));
        Assert.False(await Inbox.ReleaseAsync(_key, first));
        Assert.Equal(new InboxClaim.InHand(second.Until), await Inbox.ClaimAsync(_key));
        Assert.True(await Inbox.CompleteAsync(_key, second));
    }

    [Fact]
    public async Task A_claim_whose_lease_is_over_still_records_if_no_other_took_the_message()
    {
        var claim = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));
        clock.Advance(Options.Lease * 2);

        Assert.True(await Inbox.CompleteAsync(_key, claim));
        Assert.IsType<InboxClaim.Done>(await Inbox.ClaimAsync(_key));
    }

    [Fact]
    public async Task A_message_that_is_given_back_can_be_taken_at_once()
    {
        var first = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));

        Assert.True(await Inbox.ReleaseAsync(_key, first));

        var second = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));
        Assert.NotEqual(first.Token, second.Token);
        Assert.False(await Inbox.ReleaseAsync(_key, first));
    }

    [Fact]
    public async Task A_handled_message_cannot_be_given_back_or_handled_again_under_the_same_claim()
    {
        var claim = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));
        await Inbox.CompleteAsync(_key, claim);

        Assert.False(await Inbox.ReleaseAsync(_key, claim));
        Assert.False(await Inbox.CompleteAsync(_key, claim));
        Assert.IsType<InboxClaim.Done>(await Inbox.ClaimAsync(_key));
    }

    [Fact]
    public async Task Handlers_remember_a_message_each_for_itself()
    {
        var id = Guid.NewGuid().ToString();
        await Inbox.CompleteAsync(new InboxKey("one", id), Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(new InboxKey("one", id))));

        Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(new InboxKey("other", id)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Of_many_that_claim_at_once_one_gets_the_message_also_when_they_take_it_over(int leasesOver)
    {
        for (var i = 0; i < leasesOver; i++)
        {
            Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(_key));
            clock.Advance(Options.Lease);
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Inbox.ClaimAsync(_key))));

        var taken = Assert.Single(claims.OfType<InboxClaim.Taken>());
        Assert.Equal(11, claims.Count(c => c is InboxClaim.InHand));
        Assert.True(await Inbox.CompleteAsync(_key, taken));
    }

    [Theory]
    [InlineData("a+b&c=d;e,f\"g'h")]
    [InlineData("é漢\U0001F600")]
    [InlineData("with space")]
    public async Task A_message_id_may_have_any_other_character(string id)
    {
        var key = new InboxKey("a-handler", id + Guid.NewGuid().ToString("N"));
        var claim = Assert.IsType<InboxClaim.Taken>(await Inbox.ClaimAsync(key));

        Assert.True(await Inbox.CompleteAsync(key, claim));
        Assert.IsType<InboxClaim.Done>(await Inbox.ClaimAsync(key));
    }

    /// <summary>The inbox; every time the same messages.</summary>
    protected abstract IInbox Open(InboxOptions options);
}
