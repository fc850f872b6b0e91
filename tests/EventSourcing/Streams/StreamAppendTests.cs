using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Streams;

public sealed class StreamAppendTests
{
    private readonly StreamName _stream = NewStream();
    private readonly StreamHead _loaded = new(2, "token", DateTimeOffset.UnixEpoch, null, []);

    [Fact]
    public void The_new_head_is_at_the_last_event_and_keeps_the_token_it_was_loaded_with()
    {
        var events = new[] { Added(3), Added(4) };

        var append = new StreamAppend(_stream, _loaded, events, null, []);

        Assert.Equal((4, "token", events[1].Time), (append.Head.Version, append.Head.Token, append.Head.Time));
    }

    [Fact]
    public void An_append_needs_an_event() =>
        Assert.Throws<ArgumentException>(() => new StreamAppend(_stream, _loaded, [], null, []));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_first_event_follows_the_loaded_head(long version) =>
        Assert.Throws<ArgumentException>(() => new StreamAppend(_stream, _loaded, [Added(version)], null, []));

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Events_follow_each_other(long second) =>
        Assert.Throws<ArgumentException>(() => new StreamAppend(_stream, _loaded, [Added(3), Added(second)], null, []));

    [Fact]
    public void Events_are_of_the_stream() =>
        Assert.Throws<ArgumentException>(
            () => new StreamAppend(_stream, _loaded, [Envelope(NewStream(), 3, new WalletEvent.Added(1))], null, []));

    private EventEnvelope Added(long version) => Envelope(_stream, version, new WalletEvent.Added(1));
}
