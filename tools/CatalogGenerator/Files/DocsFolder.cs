namespace EventFunctions.CatalogGenerator.Files;

/// <summary>The folder with the generated files; nothing else lies in it.</summary>
/// <param name="path">Where it is.</param>
internal sealed class DocsFolder(string path)
{
    private const int LinesShown = 20;

    /// <summary>How the folder differs from what is generated: a text for each file, empty if it is current.</summary>
    public IReadOnlyList<string> DifferencesFrom(IReadOnlyDictionary<string, string> files) =>
    [
        .. files.Where(f => !File.Exists(PathOf(f.Key))).Select(f => $"{f.Key} is missing."),
        .. files.Where(f => File.Exists(PathOf(f.Key))).Select(f => Difference(f.Key, Read(f.Key), f.Value)).OfType<string>(),
        .. Strangers(files).Select(name => $"{name} is not generated any more."),
    ];

    /// <summary>Makes the folder what is generated: writes what differs, deletes what is no longer generated.</summary>
    public void Write(IReadOnlyDictionary<string, string> files)
    {
        foreach (var name in Strangers(files).ToList())
        {
            File.Delete(PathOf(name));
        }

        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
            File.WriteAllText(PathOf(name), text);
        }
    }

    private static string? Difference(string name, string before, string after)
    {
        if (before == after)
        {
            return null;
        }

        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var lines = old.Except(now).Select(l => "- " + l).Concat(now.Except(old).Select(l => "+ " + l)).ToList();
        var rest = lines.Count > LinesShown ? $"\n  and {lines.Count - LinesShown} more lines" : string.Empty;
        return lines.Count == 0
            ? $"{name} has the generated lines, but not in their order."
            : $"{name} differs (- is there, + is generated):\n{string.Join('\n', lines.Take(LinesShown))}{rest}";
    }

    private IEnumerable<string> Strangers(IReadOnlyDictionary<string, string> files) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(name => !files.ContainsKey(name))
            .Order(StringComparer.Ordinal)
        : [];

    // A checkout may have put the line ends of its system.
    private string Read(string name) => File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    private string PathOf(string name) => Path.Combine(path, name);
}
