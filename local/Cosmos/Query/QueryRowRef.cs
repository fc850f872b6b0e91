using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Which row of a query: the item it is made of and its place among the rows of that item.</summary>
internal sealed record QueryRowRef(StoredItem Item, int Index)
{
    /// <summary>The order of creation.</summary>
    public int CompareTo(long number, int index) => Item.Number != number ? Item.Number.CompareTo(number) : Index.CompareTo(index);
}
