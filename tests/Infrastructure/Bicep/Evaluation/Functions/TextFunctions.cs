using System.Text;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;

/// <summary>Functions of texts and numbers. Of a text that only Azure can tell they are unknown too.</summary>
internal static class TextFunctions
{
    public static Dictionary<string, BuiltIn> All { get; } = new()
    {
        ["string"] = Text("string", a => a[0] is MapValue or ListValue ? Json.Write(a[0]) : $"{a[0]}"),
        ["toLower"] = Text("toLower", a => a.Text(0).ToLowerInvariant()),
        ["toUpper"] = Text("toUpper", a => a.Text(0).ToUpperInvariant()),
        ["trim"] = Text("trim", a => a.Text(0).Trim()),
        ["replace"] = Text("replace", a => a.Text(0).Replace(a.Text(1), a.Text(2), StringComparison.Ordinal)),
        ["substring"] = Text("substring", a => a.Count > 2 ? a.Text(0).Substring(a.Number(1), a.Number(2)) : a.Text(0)[a.Number(1)..]),
        ["padLeft"] = Text("padLeft", a => a.Text(0).PadLeft(a.Number(1), a.Count > 2 ? a.Text(2)[0] : ' ')),
        ["base64"] = Text("base64", a => Convert.ToBase64String(Encoding.UTF8.GetBytes(a.Text(0)))),
        ["uri"] = Text("uri", a => new Uri(new Uri(a.Text(0)), a.Text(1)).ToString()),
        ["format"] = Text("format", a => string.Format(null, CompositeFormat.Parse(a.Text(0)), [.. a.Skip(1).Select(v => $"{v}")])),
        ["join"] = Text("join", a => string.Join(a.Text(1), a.List(0))),
        ["split"] = (_, a) => a[0] is UnknownValue unknown
            ? new UnknownValue($"<split({unknown.Text})>")
            : new ListValue([.. a.Text(0).Split(a.Text(1)).Select(t => new TextValue(t))]),
        ["startsWith"] = (_, a) => new FlagValue(a.Text(0).StartsWith(a.Text(1), StringComparison.OrdinalIgnoreCase)),
        ["endsWith"] = (_, a) => new FlagValue(a.Text(0).EndsWith(a.Text(1), StringComparison.OrdinalIgnoreCase)),
        ["indexOf"] = (_, a) => new NumberValue(a.Text(0).IndexOf(a.Text(1), StringComparison.OrdinalIgnoreCase)),
        ["int"] = (_, a) => a[0] is NumberValue ? a[0] : new NumberValue(long.Parse(a.Text(0))),
        ["bool"] = (_, a) => a[0] is FlagValue ? a[0] : new FlagValue(a.Text(0).ToLowerInvariant() is "true" or "1"),
        ["json"] = (_, a) => Json.Read(a.Text(0)),
        ["min"] = (_, a) => new NumberValue(Numbers(a).Min()),
        ["max"] = (_, a) => new NumberValue(Numbers(a).Max()),
    };

    private static BuiltIn Text(string name, Func<IReadOnlyList<Value>, string> compute) => (_, arguments) =>
        arguments.Any(a => a is UnknownValue || (a is ListValue list && list.Items.Any(i => i is UnknownValue)))
            ? new UnknownValue($"<{name}({string.Join(", ", arguments)})>")
            : new TextValue(compute(arguments));

    private static IEnumerable<long> Numbers(IReadOnlyList<Value> arguments) =>
        (arguments is [ListValue list] ? list.Items : arguments).Select(a => ((NumberValue)a).Number);
}
