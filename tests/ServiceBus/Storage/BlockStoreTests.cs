using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.ServiceBus.Tests.Storage;

/// <summary>What is kept in blocks is read as it was, as long as anybody holds it, and takes nothing afterwards.</summary>
public sealed class BlockStoreTests
{
    private static readonly Gen<(int What, int Which, int Length)[]> Steps =
        Gen.ArrayOf(
            from what in Gen.Choose(0, 4)
            from which in Gen.Choose(0, 1000)
            from length in Gen.Frequency((6, Gen.Choose(0, 700)), (1, Gen.Choose(0, 70_000)))
            select (what, which, length),
            60);

    [Fact]
    public void Bytes_are_read_as_they_were_kept_until_the_last_holder_lets_go() =>
        Prop.ForAll(Steps.ToArbitrary(), steps =>
        {
            var store = new BlockStore();
            var held = new List<(int First, byte[] Bytes)>();
            foreach (var (what, which, length) in steps)
            {
                switch (what)
                {
                    case <= 1:
                        var bytes = Contents(which, length);
                        held.Add((store.Keep(bytes), bytes));
                        break;
                    case 2 when held.Count > 0:
                        var again = held[which % held.Count];
                        store.Hold(again.First);
                        held.Add(again);
                        break;
                    case > 2 when held.Count > 0:
                        store.Release(held[which % held.Count].First);
                        held.RemoveAt(which % held.Count);
                        break;
                }

                Assert.All(held, h => Assert.True(Read(store, h).AsSpan().SequenceEqual(h.Bytes)));
                Assert.Equal(held.DistinctBy(h => h.First).Sum(h => BlocksOf(h.Bytes)), store.BlocksTaken);
            }

            held.ForEach(h => store.Release(h.First));
            Assert.Equal(0, store.BlocksTaken);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Blocks_that_were_given_back_are_used_again_and_most_of_the_memory_is_given_back_too()
    {
        var store = new BlockStore();
        var waiting = new Queue<int>();
        var bytes = new byte[1000];
        for (var i = 0; i < 10_000; i++)
        {
            waiting.Enqueue(store.Keep(bytes));
        }

        var (chunks, before) = (store.Chunks, GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < 20_000; i++)
        {
            store.Release(waiting.Dequeue());
            waiting.Enqueue(store.Keep(bytes));
        }

        Assert.Equal(chunks, store.Chunks);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes.Length);
        while (waiting.TryDequeue(out var first))
        {
            store.Release(first);
        }

        Assert.InRange(store.Chunks, 1, 10);
    }

    [Fact]
    public void What_nobody_holds_cannot_be_held_or_let_go_of()
    {
        var store = new BlockStore();
        var first = store.Keep([1, 2, 3]);
        store.Release(first);

        Assert.Throws<InvalidOperationException>(() => store.Release(first));
        Assert.Throws<InvalidOperationException>(() => store.Hold(first));
    }

    private static byte[] Contents(int which, int length)
    {
        var bytes = new byte[length];
        new Random(which).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Read(BlockStore store, (int First, byte[] Bytes) held)
    {
        var bytes = new byte[held.Bytes.Length];
        store.Read(held.First, bytes);
        return bytes;
    }

    private static int BlocksOf(byte[] bytes) => Math.Max(1, (bytes.Length + BlockChunk.BlockSize - 1) / BlockChunk.BlockSize);
}
