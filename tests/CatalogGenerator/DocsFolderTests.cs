using EventFunctions.CatalogGenerator.Files;

namespace EventFunctions.CatalogGenerator.Tests;

public sealed class DocsFolderTests : IDisposable
{
    private static readonly Dictionary<string, string> Files = new() { ["a.md"] = "one\ntwo\n", ["sub/b.json"] = "{}\n" };

    private readonly string _path = Directory.CreateTempSubdirectory("docs-").FullName;

    private DocsFolder Folder => new(_path);

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void What_is_written_is_current()
    {
        Folder.Write(Files);

        Assert.Empty(Folder.DifferencesFrom(Files));
        Assert.Equal("one\ntwo\n", File.ReadAllText(Path.Combine(_path, "a.md")));
    }

    [Fact]
    public void A_missing_a_changed_and_a_left_over_file_are_each_named_and_mended()
    {
        Folder.Write(Files);
        File.WriteAllText(Path.Combine(_path, "a.md"), "one\n2\n");
        File.Delete(Path.Combine(_path, "sub/b.json"));
        File.WriteAllText(Path.Combine(_path, "sub/old.json"), "{}");

        var differences = Folder.DifferencesFrom(Files);

        Assert.Equal(
            ["sub/b.json is missing.", "a.md differs (- is there, + is generated):\n- 2\n+ two", "sub/old.json is not generated any more."], differences);
        Folder.Write(Files);
        Assert.Empty(Folder.DifferencesFrom(Files));
        Assert.False(File.Exists(Path.Combine(_path, "sub/old.json")));
    }

    [Fact]
    public void Lines_in_another_order_are_a_difference()
    {
        Folder.Write(Files);
        File.WriteAllText(Path.Combine(_path, "a.md"), "two\none\n");

        Assert.Equal(["a.md has the generated lines, but not in their order."], Folder.DifferencesFrom(Files));
    }

    [Fact]
    public void The_line_ends_of_a_checkout_are_none()
    {
        Folder.Write(Files);
        File.WriteAllText(Path.Combine(_path, "a.md"), "one\r\ntwo\r\n");

        Assert.Empty(Folder.DifferencesFrom(Files));
    }

    [Fact]
    public void A_folder_that_is_not_there_lacks_everything() =>
        Assert.Equal(["a.md is missing.", "sub/b.json is missing."], new DocsFolder(Path.Combine(_path, "none")).DifferencesFrom(Files));
}
