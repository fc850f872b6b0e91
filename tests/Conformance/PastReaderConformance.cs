using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>What reading the past promises on every event store. A stream of five events: two at 10:00, two at 10:01, one at 10:03.</summary>
public abstract class PastReaderConformance
{
    private static readonly DateTimeOffset Ten = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly int[] Minutes = [0, 0, 1, 1, 3];

    private readonly StreamName _stream = NewStream();

    public static TheoryData<string, long, string?> Rows => new()
    {
        { "v1", 1, "1" },
        { "v4", 4, "1,2,3,4" },
        { "v5", 5, "1,2,3,4,5" },
        { "10:00:00", 2, "1,2" },
        { "10:00:59.9999999", 2, "1,2" },
        { "10:01:00", 4, "1,2,3,4" },
        { "10:02:59", 4, "1,2,3,4" },
        { "10:03:00", 5, "1,2,3,4,5" },
        { "23:59:59", 5, "1,2,3,4,5" },
    };

    protected abstract IEventStore Store { get; }

    private PastReader Past => new(Store);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_view_and_a_state_are_what_the_events_up_to_the_moment_tell(string when, long version, string? versions)
    {
        await BeginAsync(SnapshotAt(null));

        var view = Assert.IsType<Past<WalletView>.Found>(await Past.ViewAsync(_stream, new WalletProjection(), MomentOf(when)));
        var state = Assert.IsType<Past<Wallet>.Found>(await Past.StateAsync<Wallet, WalletEvent>(_stream, MomentOf(when)));

        Assert.Equal((version, versions), (view.Version, string.Join(',', view.Value.Versions)));
        Assert.Equal((version, view.Value.Balance, (int)version), (state.Version, state.Value.Balance, state.Value.Movements));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_snapshot_does_not_change_what_is_told(long snapshotVersion)
    {
        await BeginAsync(SnapshotAt(snapshotVersion));

        foreach (var (version, balance) in new[] { (1, 1), (2, 3), (3, 6), (4, 10), (5, 15) })
        {
            Assert.Equal(
                new Past<Wallet>.Found(new Wallet(null, balance, version), version),
                await Past.StateAsync<Wallet, WalletEvent>(_stream, new Moment.AtVersion(version)));
        }

        Assert.Equal(
            new Past<Wallet>.Found(new Wallet(null, 3, 2), 2), await Past.StateAsync<Wallet, WalletEvent>(_stream, new Moment.AtTime(Ten)));
    }

    [Fact]
    public async Task A_version_beyond_the_head_is_refused_with_the_heads()
    {
        await BeginAsync(SnapshotAt(null));

        Assert.Equal(new Past<WalletView>.NotReached(5), await Past.ViewAsync(_stream, new WalletProjection(), new Moment.AtVersion(6)));
        Assert.Equal(new Past<Wallet>.NotReached(5), await Past.StateAsync<Wallet, WalletEvent>(_stream, new Moment.AtVersion(long.MaxValue)));
    }

    [Fact]
    public async Task A_time_before_the_first_event_is_refused_with_the_time_of_that_event()
    {
        await BeginAsync(SnapshotAt(5));
        var before = new Moment.AtTime(Ten.AddTicks(-1));

        Assert.Equal(new Past<WalletView>.NotBegun(Ten), await Past.ViewAsync(_stream, new WalletProjection(), before));
        Assert.Equal(new Past<Wallet>.NotBegun(Ten), await Past.StateAsync<Wallet, WalletEvent>(_stream, before));
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_has_no_past()
    {
        Assert.Equal(new Past<WalletView>.Absent(), await Past.ViewAsync(_stream, new WalletProjection(), new Moment.AtVersion(1)));
        Assert.Equal(new Past<Wallet>.Absent(), await Past.StateAsync<Wallet, WalletEvent>(_stream, new Moment.AtTime(Ten)));
    }

    [Fact]
    public async Task What_takes_more_events_than_the_limit_is_refused_and_what_takes_as_many_is_told()
    {
        await BeginAsync(SnapshotAt(3));
        var two = new PastReader(Store, maxEvents: 2);

        Assert.IsType<Past<WalletView>.Found>(await two.ViewAsync(_stream, new WalletProjection(), new Moment.AtVersion(2)));
        Assert.IsType<Past<WalletView>.Found>(await two.ViewAsync(_stream, new WalletProjection(), new Moment.AtTime(Ten.AddSeconds(30))));
        Assert.Equal(new Past<WalletView>.TooFar(2), await two.ViewAsync(_stream, new WalletProjection(), new Moment.AtVersion(3)));
        Assert.Equal(new Past<WalletView>.TooFar(2), await two.ViewAsync(_stream, new WalletProjection(), new Moment.AtTime(Ten.AddMinutes(2))));

        // Two events after a snapshot at version 3.
        Assert.IsType<Past<Wallet>.Found>(await two.StateAsync<Wallet, WalletEvent>(_stream, new Moment.AtVersion(5)));
    }

    [Fact]
    public void A_moment_or_a_limit_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Moment.AtVersion(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PastReader(Store, maxEvents: 0));
    }

    private static Moment MomentOf(string when) => when[0] == 'v'
        ? new Moment.AtVersion(long.Parse(when[1..], System.Globalization.CultureInfo.InvariantCulture))
        : new Moment.AtTime(DateTimeOffset.Parse($"2026-03-01T{when}Z", System.Globalization.CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(3)));

    private static StateSnapshot? SnapshotAt(long? version) => version is { } at
        ? new StateSnapshot(Wallet.StateSchema, at, RawJson.Of(new Wallet(null, (int)(at * (at + 1) / 2), (int)at)))
        : null;

    /// <summary>Event n adds n.</summary>
    private async Task BeginAsync(StateSnapshot? snapshot)
    {
        var events = Minutes.Select((minute, i) => Envelope(_stream, i + 1, new WalletEvent.Added(i + 1), Ten.AddMinutes(minute))).ToList();
        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, events, snapshot, [])));
    }
}
