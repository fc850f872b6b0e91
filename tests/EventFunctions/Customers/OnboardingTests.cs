using EventFunctions.Customers.Addresses;
using EventFunctions.Customers.Onboarding;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Resilience;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Customers;

/// <summary>The onboarding of a customer in virtual time.</summary>
public sealed class OnboardingTests : IAsyncDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly OnboardingWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_customer_who_verifies_the_address_by_the_link_in_the_mail_is_let_in_and_reminded_of_nothing()
    {
        await BeginAsync();
        await _world.ReachesAsync(OnboardingState.Invited);

        await _world.SendAsync(new ConfirmAddress(VersionInLink()));
        await _world.TellAsync();

        Assert.Equal(new OnboardingStatus("Completed", 0), await _world.EndAsync());
        Assert.Equal(["ada@example.com: Please verify your e-mail address"], _world.Saga.Mailer.Lines);
        Assert.Equal((CustomerStatus.Active, OnboardingWorld.Mailbox), ((await _world.AccountAsync()).Status, (await _world.AccountAsync()).Email));
    }

    [Fact]
    public async Task A_customer_who_does_nothing_is_reminded_after_one_day_and_three_and_loses_account_and_address_after_seven()
    {
        var start = _world.Clock.GetUtcNow();
        var sent = new List<TimeSpan>();
        _world.Saga.Mailer.Before = _ =>
        {
            sent.Add(_world.Clock.GetUtcNow() - start);
            return Task.CompletedTask;
        };
        await ReserveAsync();
        await BeginAsync();

        await _world.AdvanceUntilAsync(OnboardingState.Expired, 8 * Day);

        Assert.Equal(new OnboardingStatus("Expired", 0), await _world.EndAsync());
        Assert.Equal([TimeSpan.Zero, Day, 3 * Day], sent);
        var closed = Assert.IsType<CustomerDeactivated>((await _world.Saga.EventsAsync(Customer.StreamOf(OnboardingWorld.Ada)))[^1].Data);
        Assert.Equal(CustomerReasons.VerificationExpired, closed.ReasonCode);
        Assert.Equal(7 * Day, _world.Clock.GetUtcNow() - start);
        await _world.DeliverAsync<ReleaseUnusedAddresses>((f, m, a) => f.RunAsync(m, a, CancellationToken.None));
        Assert.Empty(await _world.Saga.Get<IReservationLookup>().OwnedByAsync(Customer.StreamOf(OnboardingWorld.Ada).Value));
    }

    [Theory]
    [InlineData(OnboardingState.Reminded)]
    [InlineData(OnboardingState.RemindedAgain)]
    public async Task A_customer_may_verify_the_address_after_each_reminder(OnboardingState state)
    {
        await BeginAsync();
        await _world.AdvanceUntilAsync(state, 8 * Day);

        await _world.SendAsync(new ConfirmAddress(1));
        await _world.TellAsync();

        Assert.Equal("Completed", (await _world.EndAsync()).State);
        Assert.Equal(CustomerStatus.Active, (await _world.AccountAsync()).Status);
    }

    [Fact]
    public async Task Word_that_is_lost_makes_the_onboarding_end_with_its_next_step_and_remind_nobody()
    {
        await BeginAsync();
        await _world.ReachesAsync(OnboardingState.Invited);
        await _world.SendAsync(new ConfirmAddress(1));

        await _world.AdvanceUntilAsync(OnboardingState.Completed, 2 * Day);

        Assert.Equal("Completed", (await _world.EndAsync()).State);
        Assert.Single(_world.Saga.Mailer.Calls);
    }

    [Fact]
    public async Task An_account_that_is_open_or_gone_before_the_onboarding_begins_gets_no_mail()
    {
        await _world.RegisterAsync();
        await _world.Saga.Engine.StartAsync(CancellationToken.None);
        var registered = (await _world.Saga.EventsAsync(Customer.StreamOf(OnboardingWorld.Ada)))[0];
        await _world.SendAsync(new EraseCustomer());
        await _world.TellAsync();

        await _world.Saga.Get<OnboardingStarter>().EnsureStartedAsync(
            _world.Saga.Client, new OnboardingTrace("ada", "corr-1", registered.EventId.ToString()), CancellationToken.None);

        Assert.Equal("Closed", (await _world.EndAsync()).State);
        Assert.Empty(_world.Saga.Mailer.Calls);
    }

    [Fact]
    public async Task A_closed_account_ends_the_onboarding()
    {
        await BeginAsync();
        await _world.ReachesAsync(OnboardingState.Invited);

        await _world.SendAsync(new DeactivateCustomer(CustomerReasons.CustomerRequest, "Never mind."));
        await _world.TellAsync();
        await _world.TellAsync();

        Assert.Equal("Closed", (await _world.EndAsync()).State);
    }

    [Fact]
    public async Task A_mail_service_that_is_away_fails_a_mail_and_not_the_onboarding()
    {
        _world.Saga.Mailer.Before = m => m.Subject.StartsWith("Please", StringComparison.Ordinal)
            ? throw new ProviderUnavailableException("The fake mail service", "send", "away")
            : Task.CompletedTask;
        await BeginAsync();

        await AdvanceThroughRetriesAsync(OnboardingState.Invited);
        await _world.AdvanceUntilAsync(OnboardingState.Expired, 8 * Day);

        Assert.Equal(new OnboardingStatus("Expired", 1), await _world.EndAsync());
        Assert.Equal(2, _world.Saga.Mailer.Sent.Count);
    }

    [Fact]
    public async Task A_registration_that_comes_again_starts_nothing()
    {
        await BeginAsync();
        await _world.ReachesAsync(OnboardingState.Invited);
        await _world.StartAsync();

        await _world.SendAsync(new ConfirmAddress(1));
        await _world.TellAsync();
        await _world.EndAsync();

        Assert.Single(_world.Saga.Mailer.Calls);
    }

    [Fact]
    public void The_states_and_the_ways_between_them_are_those_of_the_diagram()
    {
        var ways = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "sagas", "onboarding.md"))
            .Select(line => line.Split([" --> ", " : "], StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length >= 2 && !parts[0].StartsWith('|'))
            .Select(parts => (parts[0], parts.ElementAtOrDefault(2) ?? string.Empty, parts[1]))
            .ToList();

        Assert.Equal(
            OnboardingTransitions.All.Select(t => (t.From.ToString(), t.On.ToString(), t.To.ToString())).Order(),
            ways.Where(w => w.Item1 != "[*]" && w.Item3 != "[*]").Order());
        Assert.Equal(OnboardingTransitions.Start.ToString(), Assert.Single(ways, w => w.Item1 == "[*]").Item3);
        Assert.Equal(
            Enum.GetValues<OnboardingState>().Where(OnboardingTransitions.IsEnd).Select(s => s.ToString()).Order(),
            ways.Where(w => w.Item3 == "[*]").Select(w => w.Item1).Order());
        Assert.Equal(
            Enum.GetNames<OnboardingState>().Order(),
            OnboardingTransitions.All.SelectMany(t => new[] { t.From, t.To }).Distinct().Select(s => s.ToString()).Order());
        Assert.Throws<InvalidOperationException>(() => OnboardingTransitions.Next(OnboardingState.Completed, OnboardingTrigger.ReminderDue));
    }

    private async Task BeginAsync()
    {
        await _world.RegisterAsync();
        await _world.Saga.Engine.StartAsync(CancellationToken.None);
        await _world.StartAsync();
    }

    private Task<bool> ReserveAsync() =>
        _world.Saga.Get<EmailReservations>().TryReserveAsync(OnboardingWorld.Mailbox, OnboardingWorld.Ada, null, CancellationToken.None);

    /// <summary>Retries are a millisecond apart, so the clock moves by that until there are no more.</summary>
    private Task AdvanceThroughRetriesAsync(OnboardingState state) => Eventually.HoldsAsync(
        async () =>
        {
            _world.Clock.Advance(TimeSpan.FromMilliseconds(1));
            return await _world.IsAsync(state);
        },
        $"the onboarding is {state}");

    /// <summary>What the link in the one mail says, as the endpoint reads it.</summary>
    private int VersionInLink()
    {
        const string Link = "https://shop.test/verify?customer=ada&token=";
        var text = Assert.Single(_world.Saga.Mailer.Sent).Text;
        Assert.Contains(Link, text, StringComparison.Ordinal);
        var token = text[(text.IndexOf(Link, StringComparison.Ordinal) + Link.Length)..].Split('\n')[0];
        return Assert.IsType<int>(_world.Saga.Get<VerificationTokens>().Read(OnboardingWorld.Ada, Uri.UnescapeDataString(token), tenant: null));
    }
}
