using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Tests.Support;

namespace EventFunctions.Infrastructure.Tests;

/// <summary>A test that parses Bicep, and needs Node.js for it; skipped, with what to do, where that is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = NodePackages.WhyMissing(Folder, "tests/Infrastructure/BicepParser");

    /// <summary>The folder of the parser.</summary>
    public static string Folder { get; } = RepositoryFiles.Full("tests/Infrastructure/BicepParser");
}

/// <summary>Like <see cref="BicepFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = NodePackages.WhyMissing(BicepFactAttribute.Folder, "tests/Infrastructure/BicepParser");
}
