using System.Reflection;
using System.Text.RegularExpressions;
using EventFunctions.Marketing;
using EventFunctions.Tests.Delivery;

namespace EventFunctions.Tests.Marketing;

/// <summary>Marketing is fed by integration events only: what happens inside the other contexts is not its business.</summary>
public sealed partial class MarketingBoundaryTests
{
    [Fact]
    public void Marketing_names_nothing_of_the_domain_nor_of_other_contexts()
    {
        var files = Directory.GetFiles(Path.Combine(SourceTree.Root, "functions", "EventFunctions", "Marketing"), "*.cs", SearchOption.AllDirectories);

        Assert.True(files.Length > 10);
        Assert.All(files, file => Assert.Empty(Foreign().Matches(File.ReadAllText(file)).Select(m => $"{Path.GetFileName(file)}: {m.Value}")));
    }

    [Fact]
    public void No_type_of_marketing_has_a_member_of_a_type_of_the_domain() => Assert.All(
        typeof(MarketingProfile).Assembly.GetTypes().Where(t => t.Namespace == typeof(MarketingProfile).Namespace),
        type => Assert.DoesNotContain(
            type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public),
            f => f.FieldType.ToString().Contains("EventFunctions.Domain", StringComparison.Ordinal)));

    [GeneratedRegex(@"EventFunctions\.(Domain|Ordering|Payments|Inventory|Catalog|Customers|Shipping|Notifications)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Foreign();
}
