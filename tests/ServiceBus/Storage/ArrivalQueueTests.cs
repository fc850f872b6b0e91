using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.ServiceBus.Tests.Storage;

public sealed class ArrivalQueueTests
{
    [Fact]
    public void Items_come_out_in_their_order_however_many_came_before() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(-400, 700), 20).ToArbitrary(), turns =>
        {
            var (queue, expected, number) = (new ArrivalQueue<string>(), new Queue<string>(), 0);
            foreach (var turn in turns)
            {
                for (var i = 0; i < turn; i++)
                {
                    var item = $"{number++}";
                    queue.Enqueue(item);
                    expected.Enqueue(item);
                }

                for (var i = 0; i > turn && expected.Count > 0; i--)
                {
                    Assert.Same(expected.Dequeue(), queue.First);
                    queue.Dequeue();
                }

                Assert.Same(expected.TryPeek(out var next) ? next : null, queue.First);
            }
        }).QuickCheckThrowOnFailure();
}
