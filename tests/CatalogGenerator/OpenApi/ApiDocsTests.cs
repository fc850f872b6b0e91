using System.Diagnostics;
using EventFunctions.CatalogGenerator.Files;

namespace EventFunctions.CatalogGenerator.Tests.OpenApi;

public sealed class ApiDocsTests
{
    private static readonly Repository Repository = Repository.Around(AppContext.BaseDirectory);
    private static readonly IReadOnlyDictionary<string, string> Files = ApiFiles.Create(Repository);

    [Fact]
    public void The_published_description_is_current()
    {
        var differences = new DocsFolder(Repository.ApiDocs).DifferencesFrom(Files);

        Assert.True(differences.Count == 0, $"docs/api is not current. Run: dotnet run --project tools/CatalogGenerator\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void The_same_code_gives_the_same_files() => Assert.Equal(Files, ApiFiles.Create(Repository));

    [Fact]
    public void Nothing_published_names_a_namespace_or_a_place_on_a_machine()
    {
        Assert.All(Files, f => Assert.DoesNotContain("EventFunctions.", f.Value, StringComparison.Ordinal));
        Assert.All(Files, f => Assert.DoesNotContain(Repository.Root, f.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_of_the_page_leads_somewhere()
    {
        var page = Files["README.md"];
        var headings = page.Split('\n').Where(l => l.StartsWith('#')).Select(l => "#" + l.TrimStart('#', ' ').ToLowerInvariant()).ToHashSet();
        var targets = page.Split("](").Skip(1).Select(rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)]).Distinct().ToList();

        Assert.True(targets.Count > 30, $"{targets.Count} links");
        Assert.All(targets, target => Assert.True(headings.Contains(target) || Files.ContainsKey(target), target));
    }

    [NodeFact]
    public async Task Another_implementation_takes_the_document_for_open_api_3_1()
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = NodeFactAttribute.Directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("check.mjs");
        start.ArgumentList.Add(Path.Combine(Repository.ApiDocs, "openapi.json"));
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        Assert.Contains("valid, version 3.1", await node.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
    }
}
