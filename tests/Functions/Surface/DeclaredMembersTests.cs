using Azure.Messaging.ServiceBus;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Local.Functions.Tests.Surface;

/// <summary>
/// Whatever is declared in the packages' namespaces is declared as they do: function code that compiles here compiles there and binds to the
/// same member. <c>packages.txt</c> says what they have, written by <c>.ci/surface</c> from the packages themselves, and <c>otherwise.txt</c>
/// what is declared in another shape (docs/decisions/0003-declared-surface.md).
/// </summary>
public sealed class DeclaredMembersTests
{
    /// <summary>Of packages that could not be had: compared with notes from their sources.</summary>
    private static readonly string[] NotCompared =
    [
        "Microsoft.Azure.Functions.Worker.CosmosDBChangeFeedMode",
        "Microsoft.Azure.Functions.Worker.CosmosDBTriggerAttribute",
        "Microsoft.Azure.Functions.Worker.ServiceBusMessageActions",
        "Microsoft.Azure.Functions.Worker.ServiceBusSessionMessageActions",
        "Microsoft.Azure.Functions.Worker.ServiceBusTriggerAttribute",
    ];

    private static readonly List<Type> Declared =
    [
        .. new[] { typeof(TaskOrchestrationContext), typeof(FunctionAttribute), typeof(ServiceBusClient) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => !type.Namespace!.StartsWith("EventFunctions.", StringComparison.Ordinal) && !NotCompared.Contains(type.FullName, StringComparer.Ordinal)),
    ];

    [Fact]
    public void Every_declared_member_is_one_of_the_packages_or_is_known_to_differ()
    {
        var (packages, otherwise) = (Read("packages.txt"), Read("otherwise.txt"));
        var declared = Declared.SelectMany(type => MemberSignatures.Of(type).Select(member => (Type: type.FullName!, Member: member))).ToList();

        Assert.InRange(declared.Count, 1000, int.MaxValue);
        var unknown = declared.Except(packages).Except(otherwise).Select(found => $"{found.Type}: {found.Member}").ToList();
        Assert.True(unknown.Count == 0, string.Join(Environment.NewLine, unknown));
    }

    [Fact]
    public void What_is_known_to_differ_still_does()
    {
        var declared = Declared.SelectMany(type => MemberSignatures.Of(type).Select(member => (Type: type.FullName!, Member: member))).ToHashSet();

        Assert.Empty(Read("otherwise.txt").Where(known => !declared.Contains(known)).Concat(Read("otherwise.txt").Intersect(Read("packages.txt"))));
    }

    /// <summary>Code awaits, catches and overrides by it; what is left out of it is refused by the compiler, and named on the page.</summary>
    [Fact]
    public void The_context_of_orchestrators_lacks_nothing()
    {
        var context = typeof(TaskOrchestrationContext);

        Assert.Empty(Read("packages.txt").Where(member => member.Type == context.FullName).Select(member => member.Member).Except(MemberSignatures.Of(context)));
    }

    private static HashSet<(string Type, string Member)> Read(string file)
    {
        var members = new HashSet<(string Type, string Member)>();
        var type = string.Empty;
        foreach (var line in File.ReadLines(Path.Combine(RepositoryRoot.Path, "tests", "Functions", "Surface", file)))
        {
            if (line.StartsWith('#'))
            {
                type = line[1..].Trim();
            }
            else if (line.Length > 0)
            {
                members.Add((type, line));
            }
        }

        return members;
    }
}
