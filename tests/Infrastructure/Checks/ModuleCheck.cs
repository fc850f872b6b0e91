using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Checks;

/// <summary>Modules and those who use them: parameters and outputs fit, and none is there for nobody.</summary>
public static class ModuleCheck
{
    /// <summary>What is wrong between files.</summary>
    /// <param name="files">All files, by path.</param>
    /// <param name="main">The path of the file that is deployed.</param>
    public static IEnumerable<Finding> Run(IReadOnlyDictionary<string, BicepFile> files, string main)
    {
        ArgumentNullException.ThrowIfNull(files);
        var uses = files.Values.SelectMany(f => f.All<Module>().Select(m => (User: f, Module: m))).ToList();
        var findings = uses.SelectMany(u => files.TryGetValue(u.Module.Path, out var target)
            ? Arguments(u.Module, target).Concat(Outputs(u.User, u.Module, target))
            : [new Finding(u.Module.At, $"there is no file {u.Module.Path}")]);

        var unusedFiles = files.Keys.Except(uses.Select(u => u.Module.Path)).Where(path => path != main)
            .Select(path => new Finding(new Location(path, 1), "nobody uses this module"));
        var unusedOutputs = from file in files.Values
                            where file.Path != main
                            let asked = uses.Where(u => u.Module.Path == file.Path).SelectMany(u => OutputsAsked(u.User, u.Module)).Select(m => m.Property).ToHashSet()
                            from output in file.All<Output>()
                            where !asked.Contains(output.Name)
                            select new Finding(output.At, $"nobody asks for the output '{output.Name}'");
        return [.. findings, .. unusedFiles, .. unusedOutputs];
    }

    private static IEnumerable<Finding> Arguments(Module module, BicepFile target)
    {
        var parameters = target.All<Parameter>().ToList();
        var given = module.Arguments.Select(a => (a.Name.At, Name: ((Literal)a.Name).Value as string)).ToList();
        var unknown = given.Where(g => parameters.All(p => p.Name != g.Name))
            .Select(g => new Finding(g.At, $"{target.Path} has no parameter '{g.Name}'"));
        var missing = parameters.Where(p => !p.IsOptional && given.All(g => g.Name != p.Name))
            .Select(p => new Finding(module.At, $"'{module.Name}' is not given the parameter '{p.Name}' of {target.Path}"));
        return unknown.Concat(missing);
    }

    private static IEnumerable<Finding> Outputs(BicepFile user, Module module, BicepFile target) =>
        from asked in OutputsAsked(user, module)
        where target.All<Output>().All(o => o.Name != asked.Property)
        select new Finding(asked.At, $"{target.Path} has no output '{asked.Property}'");

    private static IEnumerable<Member> OutputsAsked(BicepFile user, Module module) =>
        from declaration in user.Declarations
        from use in NameUse.Within(declaration)
        let member = use.Expression as Member
        where member is { Target: Member { Property: "outputs" } outputs } && IsModule(outputs.Target, module.Name)
        select member;

    private static bool IsModule(Expression expression, string name) => expression switch
    {
        Name written => written.Text == name,
        Element element => IsModule(element.Target, name),
        _ => false,
    };
}
