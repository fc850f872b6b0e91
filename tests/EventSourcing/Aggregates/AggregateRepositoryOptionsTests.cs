namespace EventFunctions.EventSourcing.Tests.Aggregates;

public sealed class AggregateRepositoryOptionsTests
{
    [Fact]
    public void Values_out_of_range_are_refused_where_they_are_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AggregateRepositoryOptions { MaxAttempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AggregateRepositoryOptions { FirstDelay = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AggregateRepositoryOptions { LongestDelay = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AggregateRepositoryOptions { CommandHistoryLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AggregateRepositoryOptions { CommandHistoryLength = 1001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AggregateRepositoryOptions { HeadCacheSize = -1 });
    }
}
