using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>Gives parameters their values (https://learn.microsoft.com/azure/azure-resource-manager/bicep/parameters).</summary>
internal static class Parameters
{
    /// <summary>The value of a parameter: what was given, or its default.</summary>
    /// <exception cref="EvaluationException">Nothing was given and it has no default, or the value does not fit.</exception>
    public static Value Bind(Parameter parameter, Value? given, Evaluator evaluator)
    {
        var value = given
            ?? (parameter.Default is { } byDefault ? evaluator.Evaluate(byDefault)
            : parameter.IsOptional ? Value.Null
            : throw new EvaluationException(parameter.At, $"'{parameter.Name}' is given by nobody"));
        if (value is NullValue && parameter.IsOptional)
        {
            return value;
        }
        if (!Fits(parameter.Type.TrimEnd('?'), value))
        {
            throw new EvaluationException(parameter.At, $"'{parameter.Name}' is {parameter.Type} and was given {value.Kind} '{value}'");
        }

        foreach (var decorator in parameter.Decorators)
        {
            Check(parameter, decorator, value, evaluator);
        }

        return value;
    }

    private static bool Fits(string type, Value value) => type switch
    {
        "string" => value is TextValue or UnknownValue,
        "int" => value is NumberValue,
        "bool" => value is FlagValue,
        "object" => value is MapValue,
        "array" => value is ListValue,
        _ when type.EndsWith("[]", StringComparison.Ordinal) => value is ListValue list && list.Items.All(i => Fits(type[..^2].Trim('(', ')'), i)),
        _ when type.Contains('\'', StringComparison.Ordinal) => type.Split('|').Any(option => option.Trim(' ', '\'') == $"{value}"),
        _ => true,
    };

    private static void Check(Parameter parameter, Call decorator, Value value, Evaluator evaluator)
    {
        if (decorator.Arguments is not [var argument] || decorator.Function is "description" or "metadata")
        {
            return;
        }

        var limit = evaluator.Evaluate(argument);
        var keeps = (decorator.Function, limit, value) switch
        {
            ("allowed", ListValue allowed, ListValue list) => list.Items.All(allowed.Items.Contains),
            ("allowed", ListValue allowed, _) => allowed.Items.Contains(value),
            ("minLength", NumberValue min, TextValue text) => text.Text.Length >= min.Number,
            ("maxLength", NumberValue max, TextValue text) => text.Text.Length <= max.Number,
            ("minLength", NumberValue min, ListValue list) => list.Items.Count >= min.Number,
            ("maxLength", NumberValue max, ListValue list) => list.Items.Count <= max.Number,
            ("minValue", NumberValue min, NumberValue number) => number.Number >= min.Number,
            ("maxValue", NumberValue max, NumberValue number) => number.Number <= max.Number,
            (_, _, UnknownValue) => true,
            _ => throw new EvaluationException(decorator.At, $"the checks do not know '@{decorator.Function}' of {value.Kind}"),
        };
        if (!keeps)
        {
            throw new EvaluationException(decorator.At, $"'{value}' is not what '{parameter.Name}' may be: @{decorator.Function}({limit})");
        }
    }
}
