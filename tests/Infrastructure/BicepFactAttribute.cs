using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Tests.Support;

namespace EventFunctions.Infrastructure.Tests;

/// <summary>A test that parses Bicep, and needs Node.js for it; skipped, with what to do, where that is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = Missing;

    /// <summary>The folder of the parser.</summary>
    public static string Folder { get; } = RepositoryFiles.Full("tests/Infrastructure/BicepParser");

    /// <summary>Why the parser can't run, asked once; null where it can.</summary>
    internal static string? Missing { get; } = NodePackages.WhyMissing(Folder, "tests/Infrastructure/BicepParser");
}

/// <summary>Like <see cref="BicepFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = BicepFactAttribute.Missing;
}
