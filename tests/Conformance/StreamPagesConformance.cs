using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>What reading a stream page by page promises on every event store.</summary>
public abstract class StreamPagesConformance
{
    private readonly StreamName _stream = NewStream();

    protected abstract IEventStore Store { get; }

    private StreamPages Pages => new(Store);

    [Theory]
    [InlineData(ReadDirection.Forward)]
    [InlineData(ReadDirection.Backward)]
    public async Task A_stream_that_does_not_exist_is_one_empty_page(ReadDirection direction)
    {
        var page = await Pages.ReadAsync(_stream, direction, null, new EventPageRequest(10));

        Assert.Empty(page.Events);
        Assert.Null(page.Continuation);
    }

    [Fact]
    public void Pages_of_any_size_put_together_are_the_stream_in_either_direction() =>
        Prop.ForAll(
            Gen.Choose(1, 30).ToArbitrary(),
            Gen.Choose(1, 12).ToArbitrary(),
            Gen.Choose(0, 35).ToArbitrary(),
            (length, size, from) => HoldsAsync(length, size, from == 0 ? null : from).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public async Task A_stream_longer_than_a_window_is_read_through_in_the_largest_pages()
    {
        await AppendAsync(_stream, 99, 99, 99, 99, 99);

        Assert.Equal(Versions(1, 495), await ReadAsync(_stream, ReadDirection.Forward, null, EventPage.MaxSize));
        Assert.Equal(Versions(1, 495).Reverse(), await ReadAsync(_stream, ReadDirection.Backward, null, EventPage.MaxSize));
    }

    [Fact]
    public async Task What_is_appended_between_two_pages_comes_forward_and_does_not_move_the_pages_backward()
    {
        await AppendAsync(_stream, 4);
        var forward = await Pages.ReadAsync(_stream, ReadDirection.Forward, null, new EventPageRequest(3));
        var backward = await Pages.ReadAsync(_stream, ReadDirection.Backward, null, new EventPageRequest(3));

        await AppendAsync(_stream, 2);

        Assert.Equal([4, 5, 6], await RestAsync(ReadDirection.Forward, forward));
        Assert.Equal([1], await RestAsync(ReadDirection.Backward, backward));
    }

    [Fact]
    public async Task A_continuation_of_another_stream_or_direction_is_refused()
    {
        var other = NewStream();
        await AppendAsync(_stream, 3);
        await AppendAsync(other, 3);
        var page = await Pages.ReadAsync(_stream, ReadDirection.Forward, null, new EventPageRequest(1));
        var next = new EventPageRequest(1, page.Continuation);

        await Assert.ThrowsAsync<InvalidContinuationException>(() => Pages.ReadAsync(other, ReadDirection.Forward, null, next));
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Pages.ReadAsync(_stream, ReadDirection.Backward, null, next));
        await Assert.ThrowsAsync<InvalidContinuationException>(
            () => Pages.ReadAsync(_stream, ReadDirection.Forward, null, new EventPageRequest(1, "nonsense")));
        Assert.Equal(2, Assert.Single((await Pages.ReadAsync(_stream, ReadDirection.Forward, null, next)).Events).Version);
    }

    [Fact]
    public async Task A_page_begins_at_version_1_at_the_earliest() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Pages.ReadAsync(_stream, ReadDirection.Forward, 0, new EventPageRequest(1)));

    private static IEnumerable<long> Versions(long from, long to) => Enumerable.Range((int)from, (int)Math.Max(0, to - from + 1)).Select(v => (long)v);

    private async Task<bool> HoldsAsync(int length, int size, int? from)
    {
        var stream = NewStream();
        await AppendAsync(stream, length);
        var forward = await ReadAsync(stream, ReadDirection.Forward, from, size);
        var backward = await ReadAsync(stream, ReadDirection.Backward, from, size);
        return forward.SequenceEqual(Versions(from ?? 1, length))
            && backward.SequenceEqual(Versions(1, Math.Min(from ?? length, length)).Reverse());
    }

    private async Task<List<long>> ReadAsync(StreamName stream, ReadDirection direction, long? from, int size)
    {
        var read = new List<long>();
        string? continuation = null;
        do
        {
            var page = await Pages.ReadAsync(stream, direction, from, new EventPageRequest(size, continuation));
            Assert.True(page.Events.Count <= size, $"{page.Events.Count} events in a page of {size}");
            Assert.All(page.Events, e => Assert.Equal(stream, e.Stream));
            read.AddRange(page.Events.Select(e => e.Version));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return read;
    }

    private async Task<IEnumerable<long>> RestAsync(ReadDirection direction, EventPage before)
    {
        var page = await Pages.ReadAsync(_stream, direction, null, new EventPageRequest(10, before.Continuation));
        Assert.Null(page.Continuation);
        return page.Events.Select(e => e.Version);
    }

    private async Task AppendAsync(StreamName stream, params IReadOnlyList<int> batches)
    {
        foreach (var count in batches)
        {
            var head = await Store.LoadHeadAsync(stream);
            var events = Enumerable.Range(1, count).Select(i => Envelope(stream, head.Version + i, new WalletEvent.Added(i))).ToList();
            Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamAppend(stream, head, events, null, [])));
        }
    }
}
