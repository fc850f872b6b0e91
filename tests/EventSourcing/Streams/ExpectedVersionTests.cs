namespace EventFunctions.EventSourcing.Tests.Streams;

public sealed class ExpectedVersionTests
{
    [Fact]
    public void Any_is_the_default_and_matches_everything()
    {
        Assert.Equal(ExpectedVersion.Any, default);
        Assert.True(ExpectedVersion.Any.IsAny);
        Assert.All([0L, 1L, long.MaxValue], v => Assert.True(ExpectedVersion.Any.Matches(v)));
    }

    [Fact]
    public void No_stream_is_version_0_and_not_any()
    {
        Assert.Equal(ExpectedVersion.NoStream, ExpectedVersion.Exactly(0));
        Assert.False(ExpectedVersion.NoStream.IsAny);
        Assert.True(ExpectedVersion.NoStream.Matches(0));
        Assert.False(ExpectedVersion.NoStream.Matches(1));
    }

    [Fact]
    public void An_exact_version_matches_itself_alone()
    {
        Assert.True(ExpectedVersion.Exactly(3).Matches(3));
        Assert.False(ExpectedVersion.Exactly(3).Matches(2));
        Assert.False(ExpectedVersion.Exactly(3).Matches(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExpectedVersion.Exactly(-1));
    }

    [Fact]
    public void It_reads_as_what_it_means() =>
        Assert.Equal("any, no stream, 3", $"{ExpectedVersion.Any}, {ExpectedVersion.NoStream}, {ExpectedVersion.Exactly(3)}");
}
