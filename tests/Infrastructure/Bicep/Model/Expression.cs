using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>An expression of Bicep (https://learn.microsoft.com/azure/azure-resource-manager/bicep/file). Its cases are closed.</summary>
/// <param name="At">Where it begins.</param>
public abstract record Expression(Location At)
{
    /// <summary>The expressions it is made of.</summary>
    public abstract IEnumerable<Expression> Parts { get; }
}

/// <summary>A text, number, truth value or null that is written as such.</summary>
/// <param name="Value">A <see cref="string"/>, <see cref="long"/>, <see cref="bool"/>, or null.</param>
public sealed record Literal(Location At, object? Value) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [];
}

/// <summary>A text with expressions in it.</summary>
/// <param name="Pieces">In order; the texts between are literals.</param>
public sealed record Interpolation(Location At, IReadOnlyList<Expression> Pieces) : Expression(At)
{
    public override IEnumerable<Expression> Parts => Pieces;
}

/// <summary>The name of something that is declared.</summary>
public sealed record Name(Location At, string Text) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [];
}

/// <summary>A property of something.</summary>
/// <param name="Safe">Whether it is null where there is none (<c>.?</c>).</param>
public sealed record Member(Location At, Expression Target, string Property, bool Safe) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Target];
}

/// <summary>An element of an array, or a property by a computed name.</summary>
/// <param name="Safe">Whether it is null where there is none (<c>[?…]</c>).</param>
public sealed record Element(Location At, Expression Target, Expression Index, bool Safe) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Target, Index];
}

/// <summary>A resource that is declared inside another (<c>::</c>).</summary>
public sealed record NestedResource(Location At, Expression Target, string Resource) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Target];
}

/// <summary>A call of a function, or of a method of a resource.</summary>
/// <param name="Target">The resource; null for a function. A namespace (<c>az.</c>, <c>sys.</c>) is left out.</param>
public sealed record Call(Location At, Expression? Target, string Function, IReadOnlyList<Expression> Arguments) : Expression(At)
{
    public override IEnumerable<Expression> Parts => Target is null ? Arguments : Arguments.Prepend(Target);
}

/// <summary>One of two, by a condition.</summary>
public sealed record Choice(Location At, Expression Condition, Expression WhenTrue, Expression WhenFalse) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Condition, WhenTrue, WhenFalse];
}

/// <summary><c>!</c> or <c>-</c>.</summary>
public sealed record Unary(Location At, string Operator, Expression Argument) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Argument];
}

/// <summary>An operator between two expressions.</summary>
public sealed record Binary(Location At, Expression Left, string Operator, Expression Right) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Left, Right];
}

/// <summary>A function that is given to another one.</summary>
public sealed record Lambda(Location At, IReadOnlyList<string> Parameters, Expression Body) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Body];
}

/// <summary>An object.</summary>
public sealed record ObjectLiteral(Location At, IReadOnlyList<ObjectProperty> Properties) : Expression(At)
{
    public override IEnumerable<Expression> Parts => Properties.SelectMany(p => new[] { p.Name, p.Value });

    /// <summary>The value of a property that is written in it; null where it is not.</summary>
    public Expression? this[string name] => Properties.FirstOrDefault(p => p.Name is Literal { Value: string text } && text == name)?.Value;
}

/// <summary>A property of an object.</summary>
/// <param name="Name">A literal, or an interpolation.</param>
public sealed record ObjectProperty(Expression Name, Expression Value);

/// <summary>An array.</summary>
public sealed record ArrayLiteral(Location At, IReadOnlyList<Expression> Items) : Expression(At)
{
    public override IEnumerable<Expression> Parts => Items;
}

/// <summary>An array that is made of another (<c>[for item in source: body]</c>).</summary>
public sealed record Comprehension(Location At, Repetition Repetition, Expression Body) : Expression(At)
{
    public override IEnumerable<Expression> Parts => [Repetition.Source, Body];
}

/// <summary>What a loop goes through.</summary>
/// <param name="Item">The name of the item.</param>
/// <param name="Index">The name of its position, counted from 0; null where it has none.</param>
/// <param name="Source">The array.</param>
public sealed record Repetition(string Item, string? Index, Expression Source);
