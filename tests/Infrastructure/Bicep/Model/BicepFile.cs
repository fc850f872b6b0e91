using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>What a Bicep file declares.</summary>
/// <param name="Path">Relative to the root of the repository, with slashes.</param>
/// <param name="TargetScope">What it is deployed to.</param>
/// <param name="Declarations">In the order of the file; resources inside resources too.</param>
public sealed record BicepFile(string Path, string TargetScope, IReadOnlyList<Declaration> Declarations)
{
    /// <summary>The declarations of a kind.</summary>
    public IEnumerable<T> All<T>()
        where T : Declaration => Declarations.OfType<T>();
}

/// <summary>Something with a name. Its cases are closed.</summary>
/// <param name="At">Where.</param>
/// <param name="Name">The name that others use.</param>
public abstract record Declaration(Location At, string Name)
{
    /// <summary>The expressions it is made of.</summary>
    public abstract IEnumerable<Expression> Expressions { get; }
}

/// <summary>A parameter.</summary>
/// <param name="Type">As written.</param>
/// <param name="Default">Null where it must be given.</param>
/// <param name="Decorators">As calls, e.g. <c>allowed([...])</c>.</param>
public sealed record Parameter(Location At, string Name, string Type, Expression? Default, IReadOnlyList<Call> Decorators) : Declaration(At, Name)
{
    public override IEnumerable<Expression> Expressions => Default is null ? Decorators : Decorators.Cast<Expression>().Append(Default);

    /// <summary>Whether it may be left out.</summary>
    public bool IsOptional => Default is not null || Type.EndsWith('?');

    /// <summary>The decorator of a name; null where it has none.</summary>
    public Call? Decorator(string name) => Decorators.FirstOrDefault(d => d.Function == name);
}

/// <summary>A variable.</summary>
public sealed record Variable(Location At, string Name, Expression Value) : Declaration(At, Name)
{
    public override IEnumerable<Expression> Expressions => [Value];
}

/// <summary>A function of the file's own.</summary>
public sealed record Function(Location At, string Name, Lambda Body) : Declaration(At, Name)
{
    public override IEnumerable<Expression> Expressions => [Body];
}

/// <summary>An output.</summary>
/// <param name="Type">As written.</param>
/// <param name="Decorators">As calls.</param>
public sealed record Output(Location At, string Name, string Type, Expression Value, IReadOnlyList<Call> Decorators) : Declaration(At, Name)
{
    public override IEnumerable<Expression> Expressions => Decorators.Cast<Expression>().Append(Value);
}

/// <summary>Something that is deployed, perhaps under a condition, perhaps several times.</summary>
/// <param name="Repetition">Null where it is deployed once.</param>
/// <param name="Condition">Null where it is always deployed.</param>
public abstract record Deployable(Location At, string Name, Repetition? Repetition, Expression? Condition, ObjectLiteral Body) : Declaration(At, Name)
{
    public override IEnumerable<Expression> Expressions
    {
        get
        {
            if (Repetition is not null)
            {
                yield return Repetition.Source;
            }
            if (Condition is not null)
            {
                yield return Condition;
            }
            yield return Body;
        }
    }
}

/// <summary>A resource.</summary>
/// <param name="Type">Without the version; of a resource inside another its own part alone.</param>
/// <param name="ApiVersion">Null where it is inherited from the resource around it.</param>
/// <param name="IsExisting">Whether it is only referred to.</param>
/// <param name="Outer">The name of the resource around it; null at the top.</param>
public sealed record Resource(
    Location At, string Name, string Type, string? ApiVersion, bool IsExisting, string? Outer,
    Repetition? Repetition, Expression? Condition, ObjectLiteral Body) : Deployable(At, Name, Repetition, Condition, Body);

/// <summary>A module.</summary>
/// <param name="Path">The file, relative to the root of the repository.</param>
public sealed record Module(
    Location At, string Name, string Path, Repetition? Repetition, Expression? Condition, ObjectLiteral Body)
    : Deployable(At, Name, Repetition, Condition, Body)
{
    /// <summary>The parameters that are given to it.</summary>
    public IReadOnlyList<ObjectProperty> Arguments => (Body["params"] as ObjectLiteral)?.Properties ?? [];
}
