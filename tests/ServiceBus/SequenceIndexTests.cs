namespace EventFunctions.Local.ServiceBus.Tests;

public sealed class SequenceIndexTests
{
    private readonly SequenceIndex<StoredMessage> _index = new();

    [Fact]
    public void Messages_are_found_by_number_and_in_order_whatever_left_between_them()
    {
        var messages = Enumerable.Range(1, 2000).Select(i => Message(i)).ToArray();
        Array.ForEach(messages, _index.Add);
        Array.ForEach(messages, message =>
        {
            if (message.SequenceNumber is < 1100 or > 1800)
            {
                _index.Remove(message);
            }
        });
        _index.Add(Message(5000));

        Assert.Equal(702, _index.Count);
        Assert.Null(_index.Find(1099));
        Assert.Same(messages[1099], _index.Find(1100));
        Assert.Null(_index.Find(1801));
        Assert.Equal([1799, 1800, 5000], _index.From(1799).Select(m => m.SequenceNumber));
        Assert.Equal(1100, _index.From(0).First().SequenceNumber);
    }

    [Fact]
    public void An_index_that_empties_and_fills_again_goes_on_as_before()
    {
        for (var i = 1; i <= 1000; i++)
        {
            var message = Message(i);
            _index.Add(message);
            Assert.Equal([message], _index.From(0));
            _index.Remove(message);
            Assert.Empty(_index.From(0));
            Assert.Null(_index.Find(i));
        }

        Assert.Equal(0, _index.Count);
    }

    [Fact]
    public void A_message_that_leaves_before_the_next_one_comes_costs_no_block_of_its_own()
    {
        var messages = Enumerable.Range(1, 10_000).Select(i => Message(i)).ToArray();

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var message in messages)
        {
            _index.Add(message);
            _index.Remove(message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * messages.Length);
    }

    private static StoredMessage Message(long number) => new()
    {
        SequenceNumber = number,
        EnqueuedSequenceNumber = number,
        Message = default,
        EnqueuedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.MaxValue,
    };
}
