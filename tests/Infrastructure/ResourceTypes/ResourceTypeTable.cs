using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.ResourceTypes;

/// <summary>The resource types that infra/ may use: one file for each in the folder <c>Table</c>.</summary>
public sealed class ResourceTypeTable
{
    private readonly Dictionary<string, ResourceType> _types;

    /// <summary>A table of these types.</summary>
    public ResourceTypeTable(IEnumerable<ResourceType> types) => _types = types.ToDictionary(t => t.Type, StringComparer.Ordinal);

    /// <summary>Every type.</summary>
    public IReadOnlyCollection<ResourceType> Types => _types.Values;

    /// <summary>Reads the files of a folder.</summary>
    public static ResourceTypeTable Load(string folder) =>
        new(Directory.EnumerateFiles(folder, "*.json").Select(file => ResourceType.Read(File.ReadAllText(file))));

    /// <summary>What is wrong with a resource as it would be sent.</summary>
    public IEnumerable<Finding> Check(DeployedResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (!_types.TryGetValue(resource.Type, out var type))
        {
            return [new Finding(resource.At, $"the table knows no {resource.Type}: add it with its source")];
        }

        var problems = new List<string>();
        if (resource.ApiVersion != type.ApiVersion)
        {
            problems.Add($"{type.Type} is used in version {type.ApiVersion}, not {resource.ApiVersion}");
        }
        if (!resource.Name.Contains('<', StringComparison.Ordinal) && !type.NamePattern.IsMatch(resource.Name))
        {
            problems.Add($"'{resource.Name}' is no name for a {type.Type}: {type.NamePattern}");
        }
        if (resource.TargetScope == "subscription" && !type.IsForSubscriptions && !resource.IsExisting)
        {
            problems.Add($"a {type.Type} can't be deployed to a subscription");
        }
        if (!resource.IsExisting)
        {
            problems.AddRange(ShapeCheck.Run(type.Body, resource.Body, type.Type));
        }

        return problems.Select(p => new Finding(resource.At, p));
    }

    /// <summary>What is wrong with what a file asks its resources for once they are deployed.</summary>
    public IEnumerable<Finding> CheckReads(BicepFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var resources = file.All<Resource>().ToDictionary(r => r.Name);
        var members = file.Declarations.SelectMany(NameUse.Within).Select(u => u.Expression).OfType<Member>().ToList();
        return from member in members
               where !members.Any(m => ReferenceEquals(m.Target, member))
               let read = PathOf(member)
               let resource = resources.GetValueOrDefault(read.Root ?? string.Empty)
               where resource is not null && !Always(read.Path)
               let type = _types.GetValueOrDefault(WholeType(resource, resources))
               where type is not null && !type.Reads.Contains(read.Path)
               select new Finding(member.At, $"the table does not say that a {type.Type} tells its '{read.Path}'");
    }

    private static bool Always(string path) => path is "id" or "name" or "type" or "apiVersion" or "location";

    private static string WholeType(Resource resource, Dictionary<string, Resource> resources) => resource.Outer is { } outer
        ? $"{WholeType(resources[outer], resources)}/{resource.Type}"
        : resource.Type;

    private static (string? Root, string Path) PathOf(Member member) => member.Target switch
    {
        Name name => (name.Text, member.Property),
        Element { Target: Name name } => (name.Text, member.Property),
        NestedResource nested => (nested.Resource, member.Property),
        Member inner when PathOf(inner) is (var root, var path) => (root, $"{path}.{member.Property}"),
        _ => (null, member.Property),
    };
}
