using System.Collections.Immutable;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;
using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>Evaluates the expressions of a module.</summary>
/// <param name="module">What the names mean.</param>
/// <param name="locals">What the names of loops and lambdas around the expression mean.</param>
internal sealed class Evaluator(ModuleInstance module, ImmutableDictionary<string, Value> locals)
{
    /// <summary>What an expression comes to.</summary>
    /// <exception cref="EvaluationException">The compiler or Azure would refuse it.</exception>
    public Value Evaluate(Expression expression)
    {
        module.Deployment.Visited.Add(expression);
        return expression switch
        {
            Literal literal => Of(literal.Value),
            Interpolation text => EvaluateInterpolation(text),
            Name name => locals.TryGetValue(name.Text, out var local) ? local : module.Resolve(name),
            Member member => EvaluateMember(member),
            Element element => EvaluateElement(element),
            NestedResource nested => module.Resolve(new Name(nested.At, nested.Resource)),
            Call call => EvaluateCall(call),
            Choice choice => EvaluateChoice(choice),
            Unary unary => Apply(unary.At, [Evaluate(unary.Argument)], a => Operators.Apply(unary, a[0])),
            Binary binary => EvaluateBinary(binary),
            Lambda lambda => new LambdaValue(arguments => With(lambda.Parameters, arguments).Evaluate(lambda.Body)),
            ObjectLiteral body => EvaluateObject(body),
            ArrayLiteral array => new ListValue([.. array.Items.Select(Evaluate)]),
            Comprehension loop => new ListValue([.. Rounds(loop.Repetition).Select(round => round.Evaluate(loop.Body))]),
            _ => throw new NotSupportedException($"{expression.At}: no evaluation of a {expression.GetType().Name}."),
        };
    }

    /// <summary>An object, with the properties of these names left out.</summary>
    public MapValue EvaluateObject(ObjectLiteral body, params ReadOnlySpan<string> without)
    {
        var entries = new List<KeyValuePair<string, Value>>(body.Properties.Count);
        foreach (var property in body.Properties)
        {
            var name = $"{Evaluate(property.Name).Known()}";
            if (!without.Contains(name))
            {
                entries.Add(KeyValuePair.Create(name, Evaluate(property.Value)));
            }
        }

        return new MapValue(entries);
    }

    /// <summary>What a loop goes through, each round with its names.</summary>
    public IEnumerable<Evaluator> Rounds(Repetition repetition)
    {
        var source = Evaluate(repetition.Source);
        if (source is not ListValue list)
        {
            throw new EvaluationException(repetition.Source.At, source.IsDeferred()
                ? "what a loop goes through must be known before the deployment (BCP178)"
                : $"a loop goes through an array, and this is {source.Kind}");
        }

        var names = repetition.Index is null ? new[] { repetition.Item } : [repetition.Item, repetition.Index];
        return list.Items.Select((item, index) => With(names, [item, new NumberValue(index)]));
    }

    private Evaluator With(IReadOnlyList<string> names, IReadOnlyList<Value> values) =>
        new(module, locals.SetItems(names.Zip(values, KeyValuePair.Create)));

    private static Value Of(object? literal) => literal switch
    {
        null => Value.Null,
        string text => new TextValue(text),
        long number => new NumberValue(number),
        bool flag => new FlagValue(flag),
        _ => throw new ArgumentOutOfRangeException(nameof(literal)),
    };

    private Value EvaluateInterpolation(Interpolation text)
    {
        var pieces = text.Pieces.Select(Evaluate).ToList();
        return Apply(text.At, pieces, known =>
            known.Any(p => p is UnknownValue) ? new UnknownValue(string.Concat(known)) : new TextValue(string.Concat(known)));
    }

    private Value EvaluateMember(Member member)
    {
        var target = Evaluate(member.Target);
        return Access.Property(member.At, target, member.Property, member.Safe);
    }

    private Value EvaluateElement(Element element)
    {
        var (target, index) = (Evaluate(element.Target), Evaluate(element.Index));
        return index.Known() is NumberValue number
            ? Access.Item(element.At, target, number.Number, element.Safe)
            : Access.Property(element.At, target, $"{index.Known()}", element.Safe);
    }

    private Value EvaluateChoice(Choice choice)
    {
        var condition = Evaluate(choice.Condition);
        if (condition.Known() is not FlagValue decided)
        {
            throw new EvaluationException(choice.Condition.At, $"a condition is true or false, and this is {condition.Kind} '{condition}'");
        }

        var chosen = Evaluate(decided.Flag ? choice.WhenTrue : choice.WhenFalse);
        return condition.IsDeferred() ? chosen.Deferred() : chosen;
    }

    private Value EvaluateBinary(Binary binary)
    {
        var left = Evaluate(binary.Left);
        if (binary.Operator == "??")
        {
            return left.Known() is NullValue ? Evaluate(binary.Right) : left;
        }
        if ((binary.Operator, left.Known()) is ("&&", FlagValue { Flag: false }) or ("||", FlagValue { Flag: true }))
        {
            return left;
        }

        return Apply(binary.At, [left, Evaluate(binary.Right)], a => Operators.Apply(binary, a[0], a[1]));
    }

    private Value EvaluateCall(Call call)
    {
        if (call.Target is not null)
        {
            throw new EvaluationException(call.At, $"'{call.Function}' is called on a resource: keys and secrets are read by nobody here");
        }
        if (module.File.All<Function>().FirstOrDefault(f => f.Name == call.Function) is { } own)
        {
            return With(own.Body.Parameters, [.. call.Arguments.Select(Evaluate)]).Evaluate(own.Body.Body);
        }

        var function = BuiltIns.Find(call.Function)
            ?? throw new EvaluationException(call.At, $"no function '{call.Function}' is known to the checks");
        return Apply(call.At, [.. call.Arguments.Select(Evaluate)], a => function(new CallSite(call.At, module), a));
    }

    /// <summary>Computes with what will be known, and remembers when that is.</summary>
    private static Value Apply(Syntax.Location at, IReadOnlyList<Value> arguments, Func<IReadOnlyList<Value>, Value> compute)
    {
        try
        {
            var result = compute([.. arguments.Select(Deferral.Known)]);
            return arguments.Any(Deferral.IsDeferred) ? result.Deferred() : result;
        }
        catch (Exception exception) when (exception is InvalidCastException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new EvaluationException(at, exception.Message);
        }
    }
}
