using EventFunctions.CatalogGenerator.Files;

namespace EventFunctions.CatalogGenerator.Tests;

public sealed class EventDocsTests
{
    private static readonly Repository Repository = Repository.Around(AppContext.BaseDirectory);

    [Fact]
    public async Task The_published_catalogue_is_current()
    {
        var differences = new DocsFolder(Repository.EventDocs).DifferencesFrom(await GeneratedFiles.CreateAsync(Repository, CancellationToken.None));

        Assert.True(differences.Count == 0, $"docs/events is not current. Run: dotnet run --project tools/CatalogGenerator\n{string.Join('\n', differences)}");
    }

    [Fact]
    public async Task The_same_code_gives_the_same_files()
    {
        var once = await GeneratedFiles.CreateAsync(Repository, CancellationToken.None);

        Assert.Equal(once, await GeneratedFiles.CreateAsync(Repository, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_published_names_a_namespace_or_a_place_on_a_machine()
    {
        var files = await GeneratedFiles.CreateAsync(Repository, CancellationToken.None);

        Assert.All(files, f => Assert.DoesNotContain("EventFunctions.", f.Value, StringComparison.Ordinal));
        Assert.All(files, f => Assert.DoesNotContain(Repository.Root, f.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_link_of_the_page_leads_somewhere()
    {
        var files = await GeneratedFiles.CreateAsync(Repository, CancellationToken.None);
        var page = files["README.md"];
        var headings = page.Split('\n').Where(l => l.StartsWith('#')).Select(l => "#" + l.TrimStart('#', ' ')).ToHashSet();

        // Patterns of texts, which are code in blocks or in lines, look like links and are none.
        var text = string.Concat(string.Concat(page.Split("```").Where((_, part) => part % 2 == 0)).Split('`').Where((_, part) => part % 2 == 0));
        var targets = text.Split("](").Skip(1).Select(rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)]).Distinct().ToList();

        Assert.True(targets.Count > 30, $"{targets.Count} links");
        Assert.All(targets, target => Assert.True(
            headings.Contains(target) || files.ContainsKey(target) || files.Keys.Any(f => f.StartsWith(target, StringComparison.Ordinal) && target.EndsWith('/')), target));
    }

    [Fact]
    public void Outside_of_a_repository_there_is_nothing_to_generate()
    {
        var exception = Assert.Throws<CatalogException>(() => Repository.Around(Path.GetPathRoot(AppContext.BaseDirectory)!));

        Assert.Contains("EventFunctions.sln", exception.Message, StringComparison.Ordinal);
    }
}
