using System.Reflection;
using System.Text.RegularExpressions;
using EventFunctions.Local.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>Finds an assembly's functions. Whatever is wrong with any of them is reported at once.</summary>
internal static partial class FunctionDiscovery
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <exception cref="FunctionsStartupException">A function can't run as it is declared.</exception>
    public static FunctionCatalog Discover(Assembly assembly, IConfiguration configuration, HostConfiguration host)
    {
        var problems = new List<string>();
        var functions = assembly.GetTypes()
            .SelectMany(type => type.GetMethods(AnyMethod))
            .Select(method => (method, name: method.GetCustomAttribute<FunctionAttribute>()?.Name))
            .Where(found => found.name is not null)
            .OrderBy(found => found.name, StringComparer.OrdinalIgnoreCase)
            .Select(found => FunctionReader.Read(
                found.name!, found.method, new FunctionSettings(found.name!, configuration, problems), host))
            .OfType<Function>()
            .ToList();
        functions.AddRange(Classes(assembly, functions)
            .Select(type => ClassReader.Read(type, new FunctionSettings(ClassReader.NameOf(type), configuration, problems)))
            .OfType<Function>());
        ReportDuplicates(assembly, functions, problems);
        return problems.Count == 0 ? new FunctionCatalog([.. functions]) : throw new FunctionsStartupException(problems);
    }

    /// <summary>Classes that are orchestrators or activities; not those that a method of the name stands for already.</summary>
    private static IEnumerable<Type> Classes(Assembly assembly, List<Function> functions) => assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(DurableTaskAttribute), inherit: false))
        .Where(type => !functions.Exists(function => string.Equals(function.Name, ClassReader.NameOf(type), StringComparison.OrdinalIgnoreCase)))
        .OrderBy(ClassReader.NameOf, StringComparer.OrdinalIgnoreCase);

    private static void ReportDuplicates(Assembly assembly, List<Function> functions, List<string> problems)
    {
        if (functions.Count == 0 && problems.Count == 0)
        {
            problems.Add(
                $"{assembly.GetName().Name} has no functions. Put [Function] on a public method of a public class, with a trigger.");
        }

        problems.AddRange(functions
            .GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any())
            .Select(group => $"Function '{group.Key}': there are {group.Count()} of this name "
                + $"({string.Join(", ", group.Select(f => f.Definition.EntryPoint))}). Give each a name of its own."));
        problems.AddRange(Repeated(functions, "orchestrator", f => (f.Trigger as Trigger.Orchestration)?.Name));
        problems.AddRange(Repeated(functions, "activity", f => (f.Trigger as Trigger.Activity)?.Name));
        problems.AddRange(functions
            .SelectMany((first, index) => functions.Skip(index + 1).Select(second => (first, second)))
            .Where(pair => Collide(pair.first.Trigger, pair.second.Trigger))
            .Select(pair => $"Function '{pair.second.Name}': it has the route and a method of '{pair.first.Name}'. Change one of them."));
    }

    private static IEnumerable<string> Repeated(List<Function> functions, string kind, Func<Function, string?> nameOf) => functions
        .Where(function => nameOf(function) is not null)
        .DistinctBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
        .GroupBy(nameOf, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Skip(1).Any())
        .Select(group => $"Function '{group.Last().Name}': the {kind} name '{group.Key}' is taken by '{group.First().Name}'. Change one.");

    private static bool Collide(Trigger first, Trigger second) =>
        first is Trigger.Http a && second is Trigger.Http b
        && string.Equals(Shape(a.Route), Shape(b.Route), StringComparison.OrdinalIgnoreCase)
        && (a.Methods.Count == 0 || b.Methods.Count == 0 || a.Methods.Intersect(b.Methods, StringComparer.Ordinal).Any());

    /// <summary>What tells routes apart: their parameters' places, constraints and defaults, but not their names.</summary>
    private static string Shape(string route) => ParameterName().Replace(route, "{");

    [GeneratedRegex(@"\{[A-Za-z0-9_]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}
