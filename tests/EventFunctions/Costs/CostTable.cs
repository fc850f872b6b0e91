using System.Globalization;
using System.Text;

namespace EventFunctions.Tests.Costs;

/// <summary>What operations cost, as a table in Markdown.</summary>
internal sealed class CostTable
{
    private readonly StringBuilder _text = new("""
        # What a business operation costs in Cosmos DB

        Requests through the SDK and what they are charged, on the local endpoint. The test `CostTests` keeps this file: a change in
        cost shows as a difference. If it is meant, run the test once with `REWRITE_KEPT_FILES=1`.

        The process has handled the product's stock before; everything else of an operation is new to it. Orders have one line.
        Leases, the polling of the change feed, the point read that asks once a second which generation of a projection's views
        serves, and the query that asks every ten seconds which webhooks there are, are not in it: they cost by time, not by operation.
        The local endpoint charges by a formula that meets the points Azure publishes, indexed values included
        ([docs/cosmos-request-units.md](../../../docs/cosmos-request-units.md)); Azure's own is not known. The number of requests is exact.

        | operation | container | request | how many | request units |
        |---|---|---|---:|---:|

        """.ReplaceLineEndings("\n"));

    /// <summary>Adds an operation: a row for each kind of request, and one for all.</summary>
    public void Add(string operation, IReadOnlyList<Cost> costs)
    {
        Assert.NotEmpty(costs);
        foreach (var group in costs.GroupBy(c => (c.Container, c.Kind)).OrderBy(g => g.Key))
        {
            Row(operation, group.Key.Container, group.Key.Kind, group.ToList());
        }

        Row($"**{operation}**", "", "**all**", costs);
    }

    /// <summary>Adds how many messages reach a function on behalf of an operation.</summary>
    public void AddMessages(string operation, int count)
    {
        Assert.NotEqual(0, count);
        _text.Append(CultureInfo.InvariantCulture, $"| {operation} | Service Bus | message to a function | {count} | |\n");
    }

    public override string ToString() => _text.ToString();

    private void Row(string operation, string container, string kind, IReadOnlyCollection<Cost> costs) => _text.Append(
        CultureInfo.InvariantCulture, $"| {operation} | {container} | {kind} | {costs.Count} | {costs.Sum(c => c.Charge):0.0} |\n");
}
