using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>The operators (https://learn.microsoft.com/azure/azure-resource-manager/bicep/operators).</summary>
internal static class Operators
{
    public static Value Apply(Unary unary, Value argument) => (unary.Operator, argument) switch
    {
        ("!", FlagValue flag) => new FlagValue(!flag.Flag),
        ("-", NumberValue number) => new NumberValue(-number.Number),
        _ => throw new EvaluationException(unary.At, $"'{unary.Operator}' does not fit {argument.Kind}"),
    };

    public static Value Apply(Binary binary, Value left, Value right) => (binary.Operator, left, right) switch
    {
        ("==", _, _) => new FlagValue(left.Equals(right)),
        ("!=", _, _) => new FlagValue(!left.Equals(right)),
        ("=~", _, _) => new FlagValue($"{left}".Equals($"{right}", StringComparison.OrdinalIgnoreCase)),
        ("!~", _, _) => new FlagValue(!$"{left}".Equals($"{right}", StringComparison.OrdinalIgnoreCase)),
        ("&&", FlagValue a, FlagValue b) => new FlagValue(a.Flag && b.Flag),
        ("||", FlagValue a, FlagValue b) => new FlagValue(a.Flag || b.Flag),
        ("+", NumberValue a, NumberValue b) => new NumberValue(a.Number + b.Number),
        ("-", NumberValue a, NumberValue b) => new NumberValue(a.Number - b.Number),
        ("*", NumberValue a, NumberValue b) => new NumberValue(a.Number * b.Number),
        ("/", NumberValue a, NumberValue b) => new NumberValue(a.Number / b.Number),
        ("%", NumberValue a, NumberValue b) => new NumberValue(a.Number % b.Number),
        ("<", NumberValue a, NumberValue b) => new FlagValue(a.Number < b.Number),
        ("<=", NumberValue a, NumberValue b) => new FlagValue(a.Number <= b.Number),
        (">", NumberValue a, NumberValue b) => new FlagValue(a.Number > b.Number),
        (">=", NumberValue a, NumberValue b) => new FlagValue(a.Number >= b.Number),
        _ => throw new EvaluationException(binary.At, $"'{binary.Operator}' does not fit {left.Kind} and {right.Kind}"),
    };
}
