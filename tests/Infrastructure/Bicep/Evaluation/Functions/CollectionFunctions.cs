namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;

/// <summary>Functions of arrays and objects, and those that take lambdas.</summary>
internal static class CollectionFunctions
{
    public static Dictionary<string, BuiltIn> All { get; } = new()
    {
        ["any"] = (_, a) => a[0],
        ["array"] = (_, a) => a[0] is ListValue ? a[0] : new ListValue([a[0]]),
        ["coalesce"] = (_, a) => a.FirstOrDefault(v => v is not NullValue) ?? Value.Null,
        ["empty"] = (_, a) => new FlagValue(IsEmpty(a[0])),
        ["length"] = (_, a) => new NumberValue(a[0] switch { ListValue l => l.Items.Count, MapValue m => m.Entries.Count, _ => a.Text(0).Length }),
        ["contains"] = (_, a) => new FlagValue(Contains(a[0], a[1])),
        ["concat"] = (_, a) => a.All(v => v is ListValue)
            ? new ListValue([.. a.SelectMany(v => ((ListValue)v).Items)])
            : a.Any(v => v is UnknownValue) ? new UnknownValue(string.Concat(a)) : new TextValue(string.Concat(a)),
        ["union"] = (_, a) => a.Aggregate(Union),
        ["shallowMerge"] = (_, a) => a.List(0).Aggregate((Value)new MapValue([]), (all, next) => Merge((MapValue)all, (MapValue)next, deep: false)),
        ["intersection"] = (_, a) => new ListValue([.. a.List(0).Where(i => a.Skip(1).All(o => ((ListValue)o).Items.Contains(i)))]),
        ["first"] = (_, a) => a[0] is ListValue list ? (list.Items.Count > 0 ? list.Items[0] : Value.Null) : new TextValue(a.Text(0)[..1]),
        ["last"] = (_, a) => a[0] is ListValue list ? (list.Items.Count > 0 ? list.Items[^1] : Value.Null) : new TextValue(a.Text(0)[^1..]),
        ["take"] = (_, a) => a[0] is ListValue list ? new ListValue([.. list.Items.Take(a.Number(1))]) : Part(a, t => t[..Math.Min(t.Length, a.Number(1))]),
        ["skip"] = (_, a) => a[0] is ListValue list ? new ListValue([.. list.Items.Skip(a.Number(1))]) : Part(a, t => t[Math.Min(t.Length, a.Number(1))..]),
        ["range"] = (_, a) => new ListValue([.. Enumerable.Range(a.Number(0), a.Number(1)).Select(n => new NumberValue(n))]),
        ["flatten"] = (_, a) => new ListValue([.. a.List(0).SelectMany(i => ((ListValue)i).Items)]),
        ["items"] = (_, a) => new ListValue([
            .. a.Map(0).Entries.OrderBy(e => e.Key, StringComparer.OrdinalIgnoreCase).Select(e => Entry(("key", new TextValue(e.Key)), ("value", e.Value))),
        ]),
        ["objectKeys"] = (_, a) => new ListValue([.. a.Map(0).Entries.Select(e => new TextValue(e.Key))]),
        ["map"] = (_, a) => new ListValue([.. a.List(0).Select((item, index) => a.Function(1)([item, new NumberValue(index)]))]),
        ["filter"] = (_, a) => new ListValue([.. a.List(0).Where((item, index) => IsTrue(a.Function(1)([item, new NumberValue(index)])))]),
        ["reduce"] = (_, a) => a.List(0).Aggregate(a[1], (all, next) => a.Function(2)([all, next])),
        ["sort"] = (_, a) => new ListValue([.. a.List(0).Order(Comparer<Value>.Create((x, y) =>
            IsTrue(a.Function(1)([x, y])) ? -1 : IsTrue(a.Function(1)([y, x])) ? 1 : 0))]),
        ["toObject"] = (_, a) => new MapValue([
            .. a.List(0).Select(i => KeyValuePair.Create($"{a.Function(1)([i])}", a.Count > 2 ? a.Function(2)([i]) : i)),
        ]),
        ["mapValues"] = (_, a) => new MapValue([.. a.Map(0).Entries.Select(e => KeyValuePair.Create(e.Key, a.Function(1)([e.Value])))]),
    };

    private static MapValue Entry(params ReadOnlySpan<(string Name, Value Value)> entries)
    {
        var all = new List<KeyValuePair<string, Value>>();
        foreach (var (name, value) in entries)
        {
            all.Add(KeyValuePair.Create(name, value));
        }

        return new MapValue(all);
    }

    private static bool IsTrue(Value value) => ((FlagValue)value.Known()).Flag;

    private static bool IsEmpty(Value value) => value switch
    {
        NullValue => true,
        TextValue text => text.Text.Length == 0,
        ListValue list => list.Items.Count == 0,
        MapValue map => map.Entries.Count == 0,
        UnknownValue => false,
        _ => throw new ArgumentException($"{value.Kind} can't be empty", nameof(value)),
    };

    private static bool Contains(Value container, Value item) => container switch
    {
        ListValue list => list.Items.Contains(item),
        MapValue map => map[$"{item}"] is not null,
        TextValue text => text.Text.Contains($"{item}", StringComparison.OrdinalIgnoreCase),
        _ => throw new ArgumentException($"{container.Kind} contains nothing", nameof(container)),
    };

    private static Value Part(IReadOnlyList<Value> arguments, Func<string, string> part) =>
        arguments[0] is UnknownValue unknown ? new UnknownValue($"<part of {unknown.Text}>") : new TextValue(part(arguments.Text(0)));

    private static Value Union(Value left, Value right) => (left, right) switch
    {
        (MapValue a, MapValue b) => Merge(a, b, deep: true),
        (ListValue a, ListValue b) => new ListValue([.. a.Items.Concat(b.Items).Distinct()]),
        _ => throw new ArgumentException($"there is no union of {left.Kind} and {right.Kind}", nameof(right)),
    };

    private static MapValue Merge(MapValue left, MapValue right, bool deep) => new([
        .. left.Entries.Select(e => right[e.Key] is not { } other ? e : KeyValuePair.Create(e.Key, deep && e.Value is MapValue a && other is MapValue b ? Merge(a, b, deep) : other)),
        .. right.Entries.Where(e => left[e.Key] is null),
    ]);
}
