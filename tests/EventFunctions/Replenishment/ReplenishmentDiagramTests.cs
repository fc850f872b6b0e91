using System.Reflection;
using System.Text.RegularExpressions;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Inventory.Replenishment.Steps;
using EventFunctions.Tests.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Tests.Replenishment;

/// <summary>The diagram in the docs, the table and the states are one.</summary>
public sealed partial class ReplenishmentDiagramTests
{
    private static readonly string[] States = NamesOf(typeof(ReplenishmentState));

    [Fact]
    public void The_diagram_has_just_the_transitions_of_the_table()
    {
        var drawn = Drawn();

        Assert.Equal(
            ReplenishmentTransitions.All.Select(t => $"{t.From} -{t.Trigger}-> {t.To}").Order(StringComparer.Ordinal),
            drawn.Where(t => t.From != "[*]" && t.To != "[*]").Select(t => $"{t.From} -{t.Trigger}-> {t.To}").Order(StringComparer.Ordinal));
        Assert.Equal([ReplenishmentTransitions.Initial], drawn.Where(t => t.From == "[*]").Select(t => t.To));
        Assert.Equal(
            States.Where(ReplenishmentTransitions.IsFinal).Order(StringComparer.Ordinal),
            drawn.Where(t => t.To == "[*]").Select(t => t.From).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_has_every_state_and_every_trigger_and_from_each_state_a_trigger_leads_to_one()
    {
        var all = ReplenishmentTransitions.All;

        Assert.Equal(States.Order(StringComparer.Ordinal), all.SelectMany(t => new[] { t.From, t.To }).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(NamesOf(typeof(ReplenishmentTrigger)).Order(StringComparer.Ordinal), all.Select(t => t.Trigger).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(all.Count, all.DistinctBy(t => (t.From, t.Trigger)).Count());
        Assert.Throws<InvalidOperationException>(() => ReplenishmentTransitions.Next(ReplenishmentState.Closed, ReplenishmentTrigger.Confirmed));
    }

    [Fact]
    public void What_is_ordered_brings_the_stock_to_so_many_times_its_threshold() =>
        Prop.ForAll(
            Gen.Choose(0, 5000).Zip(Gen.Choose(0, 5000)).Zip(Gen.Choose(1, 20)).ToArbitrary(),
            given =>
            {
                var ((onHand, threshold), times) = given;
                var item = StockItem.Initial with { OnHand = onHand, LowStockThreshold = threshold };
                var quantity = PlanReplenishmentActivity.QuantityFor(item, times);
                return onHand >= threshold ? quantity == 0 : quantity >= 1 && onHand + quantity == Math.Max(times * threshold, onHand + 1);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_more_is_ordered_than_can_be_delivered() => Assert.Equal(
        Quantity.MaxValue,
        PlanReplenishmentActivity.QuantityFor(StockItem.Initial with { LowStockThreshold = Quantity.MaxValue }, orderUpTo: 1000));

    private static string[] NamesOf(Type constants) =>
        [.. constants.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];

    private static List<(string From, string Trigger, string To)> Drawn()
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "sagas", "replenishment.md"));
        var diagram = page[page.IndexOf("stateDiagram-v2", StringComparison.Ordinal)..];
        diagram = diagram[..diagram.IndexOf("```", StringComparison.Ordinal)];
        return [.. Arrow().Matches(diagram).Select(m => (m.Groups["from"].Value, m.Groups["trigger"].Value, m.Groups["to"].Value))];
    }

    [GeneratedRegex(@"^\s*(?<from>\S+) --> (?<to>[^:\s]+)(: (?<trigger>\S+))?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Arrow();
}
