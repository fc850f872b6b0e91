using System.Collections.Immutable;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>Which names expressions use.</summary>
public static class NameUse
{
    /// <summary>Every expression in a declaration, with the names of the loops and lambdas around it.</summary>
    public static IEnumerable<(Expression Expression, ImmutableHashSet<string> Locals)> Within(Declaration declaration)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        var repetition = (declaration as Deployable)?.Repetition;
        return declaration.Expressions.SelectMany(e => Within(
            e, repetition is not null && !ReferenceEquals(e, repetition.Source) ? LocalsOf(repetition) : []));
    }

    /// <summary>The names in a declaration that are not those of a loop or a lambda around them.</summary>
    public static IEnumerable<Name> NamesIn(Declaration declaration) =>
        from use in Within(declaration)
        let name = use.Expression as Name
        where name is not null && !use.Locals.Contains(name.Text)
        select name;

    private static IEnumerable<(Expression Expression, ImmutableHashSet<string> Locals)> Within(Expression expression, ImmutableHashSet<string> locals)
    {
        var inner = expression switch
        {
            Lambda lambda => [(lambda.Body, locals.Union(lambda.Parameters))],
            Comprehension loop => [(loop.Repetition.Source, locals), (loop.Body, locals.Union(LocalsOf(loop.Repetition)))],
            _ => expression.Parts.Select(part => (part, locals)),
        };
        return inner.SelectMany(part => Within(part.Item1, part.Item2)).Prepend((expression, locals));
    }

    private static ImmutableHashSet<string> LocalsOf(Repetition repetition) =>
        repetition.Index is null ? [repetition.Item] : [repetition.Item, repetition.Index];
}
