using EventFunctions.Tests.Support;

namespace EventFunctions.CatalogGenerator.Tests.OpenApi;

/// <summary>A test that needs Node.js and the packages of tests/CatalogGenerator/MetaCheck; skipped, with what to do, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = NodePackages.WhyMissing(Directory, "tests/CatalogGenerator/MetaCheck");

    public static string Directory { get; } = Path.Combine(
        Repository.Around(AppContext.BaseDirectory).Root, "tests", "CatalogGenerator", "MetaCheck");
}
