using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.Conformance.Tests;

/// <summary>What everything that counts newer events promises.</summary>
public abstract class EventBacklogConformance
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    // Of one length on purpose: names of one length stand at the same places.
    private readonly string _category = $"a{Guid.NewGuid():N}";
    private readonly string _other = $"b{Guid.NewGuid():N}";

    protected abstract IEventStore Store { get; }

    protected abstract IEventBacklog Backlog { get; }

    [Fact]
    public async Task Without_events_there_is_no_backlog()
    {
        Assert.Equal(EventBacklog.None, await Backlog.CountAsync(Categories(_category), null));
        Assert.Equal(EventBacklog.None, await Backlog.CountAsync(Categories(_category), Start));
        Assert.Equal(EventBacklog.None, await Backlog.CountAsync(Categories(), null));
    }

    [Fact]
    public async Task The_events_after_a_moment_are_counted_whatever_stream_and_tenant_they_are_of()
    {
        await AppendAsync(new StreamName(_category, "1"), Start, Start.AddSeconds(1), Start.AddSeconds(4));
        await AppendAsync(new StreamName(_category, "2", "acme"), Start.AddSeconds(2), Start.AddSeconds(3));

        Assert.Equal(new EventBacklog(5, Start), await Backlog.CountAsync(Categories(_category), null));
        Assert.Equal(new EventBacklog(3, Start.AddSeconds(2)), await Backlog.CountAsync(Categories(_category), Start.AddSeconds(1)));
        Assert.Equal(EventBacklog.None, await Backlog.CountAsync(Categories(_category), Start.AddSeconds(4)));
    }

    [Fact]
    public async Task A_moment_is_told_from_another_by_its_smallest_part_and_not_by_its_decimals()
    {
        long[] ticks = [0, 1, 10, 1_000_000, 5_000_000, 5_500_000, 9_999_999, 10_000_000];
        await AppendAsync(new StreamName(_category, "1"), [.. ticks.Select(t => Start.AddTicks(t))]);

        for (var i = 0; i < ticks.Length; i++)
        {
            var backlog = await Backlog.CountAsync(Categories(_category), Start.AddTicks(ticks[i]).ToOffset(TimeSpan.FromHours(5)));

            Assert.Equal(ticks.Length - 1 - i, backlog.Events);
            Assert.Equal(i + 1 < ticks.Length ? Start.AddTicks(ticks[i + 1]) : null, backlog.Oldest);
        }
    }

    [Fact]
    public async Task Other_categories_do_not_count_however_alike_their_names_are()
    {
        await AppendAsync(new StreamName(_category, "1"), Start);
        await AppendAsync(new StreamName(_other, "1"), Start);
        await AppendAsync(new StreamName(_other, $"x.{_category}-1"), Start);
        await AppendAsync(new StreamName(_other, $"{_category}-1", _category), Start);
        await AppendAsync(new StreamName($"{_category}x", "1"), Start);
        await AppendAsync(new StreamName($"x{_category}", "1", "acme"), Start);

        Assert.Equal(1, (await Backlog.CountAsync(Categories(_category), null)).Events);
        Assert.Equal(3, (await Backlog.CountAsync(Categories(_other), null)).Events);
        Assert.Equal(4, (await Backlog.CountAsync(Categories(_category, _other), null)).Events);
    }

    private static HashSet<string> Categories(params string[] categories) => [.. categories];

    private async Task AppendAsync(StreamName stream, params DateTimeOffset[] times)
    {
        var events = times.Select((t, i) => WalletFixtures.Envelope(stream, i + 1, new WalletEvent.Added(1), t)).ToList();
        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamAppend(stream, StreamHead.Absent, events, null, [])));
    }
}
