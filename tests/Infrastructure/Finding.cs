using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests;

/// <summary>Something that is wrong, and where.</summary>
/// <param name="At">Where.</param>
/// <param name="What">What is wrong, as the rest of a line after the place.</param>
public sealed record Finding(Location At, string What)
{
    /// <summary>As compilers write it.</summary>
    public override string ToString() => $"{At}: {What}";

    /// <summary>Fails with every finding on a line of its own, unless there is none.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var lines = findings.Select(f => f.ToString()).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, string.Join(Environment.NewLine, lines));
    }
}
