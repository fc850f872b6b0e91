using EventFunctions.Local.Cosmos.Store;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.Cosmos.Tests.Store;

public sealed class OrderedItemsTests
{
    [Fact]
    public void It_holds_what_a_sorted_dictionary_would() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), steps =>
        {
            var (items, model) = (new OrderedItems(), new SortedDictionary<long, StoredItem>());
            var last = 0L;
            foreach (var step in steps.SelectMany(s => Enumerable.Repeat(s, 9)))
            {
                if (step % 3 == 0 || model.Count == 0)
                {
                    items.Append(last += 1 + Math.Abs((long)step) % 4, model[last] = Item($"new {last}"));
                }
                else
                {
                    var key = model.Keys.ElementAt((int)(Math.Abs((long)step) % model.Count));
                    if (step % 3 is 1 or -1)
                    {
                        items.Remove(key);
                        model.Remove(key);
                    }
                    else
                    {
                        items.Replace(key, model[key] = Item($"other {key}"));
                    }
                }
            }

            var from = last / 2;
            return items.Count == model.Count
                && items.After(0).SequenceEqual(model.Values)
                && items.After(from).SequenceEqual(model.Where(e => e.Key > from).Select(e => e.Value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_only_grow()
    {
        var items = new OrderedItems();
        items.Append(5, Item("a"));
        Assert.Throws<InvalidOperationException>(() => items.Append(5, Item("b")));
        Assert.Throws<InvalidOperationException>(() => items.Remove(4));
    }

    private static StoredItem Item(string id) => new(id, PartitionKeyValue.Null, 1, 1, 0, "\"e\"", 0, null, default);
}
