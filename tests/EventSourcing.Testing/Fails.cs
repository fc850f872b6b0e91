namespace EventFunctions.EventSourcing.Testing.Tests;

/// <summary>Specifications that must not hold.</summary>
internal static class Fails
{
    /// <summary>The message of the failure, with these lines in it, in this order.</summary>
    public static void With(Action specification, params string[] lines) =>
        AssertLines(Assert.Throws<SpecificationFailedException>(specification), lines);

    /// <summary>The message of the failure, with these lines in it, in this order.</summary>
    public static async Task WithAsync(Func<Task> specification, params string[] lines) =>
        AssertLines(await Assert.ThrowsAsync<SpecificationFailedException>(specification), lines);

    private static void AssertLines(SpecificationFailedException failure, string[] lines)
    {
        Assert.NotEmpty(lines);
        var from = 0;
        foreach (var line in lines)
        {
            var at = failure.Message.IndexOf(line, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{line}' is not, or not in its place, in:\n{failure.Message}");
            from = at + line.Length;
        }
    }
}
