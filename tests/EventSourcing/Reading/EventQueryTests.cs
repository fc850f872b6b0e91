using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Tests.Reading;

public sealed class EventQueryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_decides_the_answer_makes_another_question()
    {
        EventQuery[] queries =
        [
            new(),
            new() { Order = TimeOrder.NewestFirst },
            new() { From = Noon },
            new() { To = Noon },
            new() { From = Noon.AddTicks(1) },
            new() { CorrelationId = "any" },
            new() { CorrelationId = "" },
            new() { Types = ["a"] },
            new() { Types = ["a", "b"] },
        ];

        Assert.Equal(queries.Length, queries.Select(q => q.Question).Distinct().Count());
    }

    [Fact]
    public void The_same_types_in_another_order_and_the_same_time_in_another_offset_are_the_same_question() =>
        Assert.Equal(
            new EventQuery { Types = ["b", "a", "b"], From = Noon }.Question,
            new EventQuery { Types = ["a", "b"], From = Noon.ToOffset(TimeSpan.FromHours(5)) }.Question);

    [Fact]
    public void A_window_holds_its_beginning_and_not_its_end()
    {
        var query = new EventQuery { From = Noon, To = Noon.AddSeconds(1) };

        Assert.Equal([false, true, true, false], new[] { -1L, 0, TimeSpan.TicksPerSecond - 1, TimeSpan.TicksPerSecond }.Select(
            ticks => query.Matches(WalletFixtures.Envelope(WalletFixtures.NewStream(), 1, new WalletEvent.Added(1), Noon.AddTicks(ticks)))));
    }

    [Fact]
    public void A_query_names_no_more_types_than_a_store_can_take() =>
        Assert.Throws<ArgumentException>(() => new EventQuery { Types = [.. Enumerable.Range(0, EventQuery.MaxTypes + 1).Select(i => $"t{i}")] });
}
