using EventFunctions.EventSourcing;

namespace EventFunctions.Conformance.Tests;

/// <summary>What every audit trail promises.</summary>
public abstract class AuditTrailConformance
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly string _stream = $"wallet-{Guid.NewGuid():N}";
    private readonly string _correlation = Guid.NewGuid().ToString("N");
    private readonly string _user = $"user {Guid.NewGuid():N}";

    protected abstract IAuditTrail Trail { get; }

    [Fact]
    public async Task An_entry_is_found_by_its_stream_its_correlation_and_its_user_as_it_was_recorded()
    {
        var entry = Entry(1) with { CausationId = "cause", ClientNetwork = "203.0.113.0/24", Source = "http", Time = Start.AddTicks(1234567) };

        await Trail.RecordAsync(entry);

        Assert.Equal([entry], (await Trail.ReadAsync(AuditQuery.OfStream(_stream), 10)).Entries);
        Assert.Equal([entry], (await Trail.ReadAsync(AuditQuery.OfCorrelation(_correlation), 10)).Entries);
        Assert.Equal([entry], (await Trail.ReadAsync(AuditQuery.OfUser(_user), 10)).Entries);
    }

    [Fact]
    public async Task An_entry_that_is_recorded_again_and_at_once_is_there_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Trail.RecordAsync(Entry(1)))));

        await Trail.RecordAsync(Entry(1) with { Type = "other" });

        Assert.Equal([Entry(1)], (await Trail.ReadAsync(AuditQuery.OfStream(_stream), 10)).Entries);
        Assert.Single((await Trail.ReadAsync(AuditQuery.OfUser(_user), 10)).Entries);
    }

    [Fact]
    public async Task An_entry_without_a_user_is_found_by_the_rest()
    {
        await Trail.RecordAsync(Entry(1) with { User = null });

        Assert.Single((await Trail.ReadAsync(AuditQuery.OfStream(_stream), 10)).Entries);
        Assert.Empty((await Trail.ReadAsync(AuditQuery.OfUser(_user), 10)).Entries);
    }

    [Fact]
    public async Task What_is_asked_for_by_one_is_not_found_by_another_of_the_same_name()
    {
        await Trail.RecordAsync(Entry(1));

        Assert.Empty((await Trail.ReadAsync(AuditQuery.OfUser(_stream), 10)).Entries);
        Assert.Empty((await Trail.ReadAsync(AuditQuery.OfStream(_correlation), 10)).Entries);
    }

    [Fact]
    public async Task Pages_are_newest_first_and_end_where_everything_was_shown()
    {
        foreach (var version in new[] { 3, 1, 5, 2, 4 })
        {
            await Trail.RecordAsync(Entry(version));
        }

        var seen = new List<long>();
        string? continuation = null;
        do
        {
            var page = await Trail.ReadAsync(AuditQuery.OfUser(_user), 2, continuation);
            Assert.True(page.Entries.Count <= 2);
            seen.AddRange(page.Entries.Select(e => e.Version));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal([5, 4, 3, 2, 1], seen);
    }

    [Fact]
    public async Task A_window_of_time_has_its_beginning_and_not_its_end()
    {
        foreach (var version in new[] { 1, 2, 3 })
        {
            await Trail.RecordAsync(Entry(version));
        }

        var window = AuditQuery.OfUser(_user) with { From = Start.AddSeconds(2), To = Start.AddSeconds(3) };

        Assert.Equal([2], (await Trail.ReadAsync(window, 10)).Entries.Select(e => e.Version));
        Assert.Equal([3, 2], (await Trail.ReadAsync(window with { To = null }, 10)).Entries.Select(e => e.Version));
        Assert.Equal([2, 1], (await Trail.ReadAsync(window with { From = null }, 10)).Entries.Select(e => e.Version));
    }

    [Fact]
    public async Task A_continuation_belongs_to_its_question()
    {
        await Trail.RecordAsync(Entry(1));
        await Trail.RecordAsync(Entry(2));
        var page = await Trail.ReadAsync(AuditQuery.OfUser(_user), 1);
        Assert.NotNull(page.Continuation);

        await Assert.ThrowsAsync<InvalidContinuationException>(() => Trail.ReadAsync(AuditQuery.OfStream(_stream), 1, page.Continuation));
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Trail.ReadAsync(AuditQuery.OfUser(_user), 1, "nonsense!"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(AuditPage.MaxSize + 1)]
    public async Task A_page_has_a_size_within_its_range(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Trail.ReadAsync(AuditQuery.OfUser(_user), pageSize));

    [Fact]
    public async Task Of_an_erased_user_what_happened_stays_and_who_it_was_goes()
    {
        await Trail.RecordAsync(Entry(1) with { ClientNetwork = "203.0.113.0/24" });
        await Trail.RecordAsync(Entry(2));
        await Trail.RecordAsync(Entry(3) with { User = "another" });

        Assert.Equal(2, await Trail.EraseUserAsync(_user));
        Assert.Equal(0, await Trail.EraseUserAsync(_user));

        Assert.Empty((await Trail.ReadAsync(AuditQuery.OfUser(_user), 10)).Entries);
        var entries = (await Trail.ReadAsync(AuditQuery.OfStream(_stream), 10)).Entries;
        Assert.Equal(["another", "[erased]", "[erased]"], entries.Select(e => e.User));
        Assert.Equal([null, null, "[erased]"], entries.Select(e => e.ClientNetwork));
        Assert.Equal(entries, (await Trail.ReadAsync(AuditQuery.OfCorrelation(_correlation), 10)).Entries);
    }

    [Fact]
    public async Task An_event_that_comes_again_after_its_user_was_erased_brings_nobody_back()
    {
        await Trail.RecordAsync(Entry(1));
        await Trail.EraseUserAsync(_user);

        await Trail.RecordAsync(Entry(1));

        Assert.Empty((await Trail.ReadAsync(AuditQuery.OfUser(_user), 10)).Entries);
        Assert.Equal("[erased]", Assert.Single((await Trail.ReadAsync(AuditQuery.OfStream(_stream), 10)).Entries).User);
    }

    [Fact]
    public async Task What_stands_in_the_place_of_erased_users_is_nobody_to_erase()
    {
        await Trail.RecordAsync(Entry(1) with { User = "[erased]" });

        Assert.Equal(0, await Trail.EraseUserAsync("[erased]"));
    }

    [Fact]
    public async Task A_transaction_of_many_streams_is_read_whole_and_in_order_page_by_page()
    {
        foreach (var version in Enumerable.Range(1, 7))
        {
            await Trail.RecordAsync(Entry(version) with { Stream = $"{_stream}-{version % 3}" });
        }

        var seen = new List<long>();
        string? continuation = null;
        do
        {
            var page = await Trail.ReadAsync(AuditQuery.OfCorrelation(_correlation), 2, continuation);
            seen.AddRange(page.Entries.Select(e => e.Version));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], seen);
    }

    private AuditEntry Entry(int version) => new(
        NameBasedGuid.Create(Guid.Empty, $"{_stream} {version}"),
        "coins-added",
        1,
        _stream,
        version,
        Start.AddSeconds(version),
        NameBasedGuid.Create(Guid.Empty, $"command {version}"),
        _correlation,
        User: _user);
}
