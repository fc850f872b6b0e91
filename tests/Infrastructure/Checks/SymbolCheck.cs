using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Checks;

/// <summary>The names of a file: each is declared once, and what is declared is used.</summary>
public static class SymbolCheck
{
    /// <summary>What is wrong with the names of a file.</summary>
    public static IEnumerable<Finding> Run(BicepFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var declared = file.Declarations.Where(d => d is not Output).ToList();
        var names = declared.Select(d => d.Name).ToHashSet();
        var used = file.Declarations.SelectMany(UsesOfOthers).ToHashSet();

        var twice = declared.GroupBy(d => d.Name).Where(g => g.Count() > 1).Select(g => new Finding(g.Last().At, $"'{g.Key}' is declared twice"));
        var undefined = from declaration in file.Declarations
                        from name in NameUse.NamesIn(declaration)
                        where !names.Contains(name.Text)
                        select new Finding(name.At, $"nothing is named '{name.Text}'");
        var unused = from declaration in declared
                     where !used.Contains(declaration.Name) && declaration is Parameter or Variable or Function or Resource { IsExisting: true }
                     select new Finding(declaration.At, $"nobody uses '{declaration.Name}'");
        return [.. twice, .. undefined, .. unused];
    }

    /// <summary>The names that a declaration uses beside its own; functions and the resource around a resource too.</summary>
    private static IEnumerable<string> UsesOfOthers(Declaration declaration)
    {
        var names = NameUse.NamesIn(declaration).Select(n => n.Text);
        var functions = NameUse.Within(declaration).Select(u => u.Expression).OfType<Call>().Select(c => c.Function);
        var nested = NameUse.Within(declaration).Select(u => u.Expression).OfType<NestedResource>().Select(n => n.Resource);
        var outer = declaration is Resource { Outer: { } around } ? [around] : Array.Empty<string>();
        return names.Concat(functions).Concat(nested).Concat(outer).Where(n => n != declaration.Name || declaration is Output);
    }
}
