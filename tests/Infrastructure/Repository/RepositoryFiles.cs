using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Bicep.Syntax;
using EventFunctions.Tests.Support;

namespace EventFunctions.Infrastructure.Tests.Repository;

/// <summary>The files of the repository. A Bicep file is parsed once, so that what is found in it is the same for every check.</summary>
public sealed class RepositoryFiles(BicepParser parser) : IBicepSources
{
    private readonly Dictionary<string, BicepFile> _parsed = [];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = RepositoryRoot.Path;

    /// <summary>The absolute path of a file or folder.</summary>
    public static string Full(string path) => Path.Combine(Root, path);

    /// <summary>The files below a folder, as paths relative to the root, with slashes.</summary>
    public static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.EnumerateFiles(Full(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>Every Bicep file of <c>infra/</c>.</summary>
    public IEnumerable<BicepFile> Bicep() => Below("infra", "*.bicep").Select(Read);

    /// <summary>The tree of a Bicep file, whatever its errors.</summary>
    public SyntaxNode Parse(string path) => parser.Parse(Source(path));

    /// <summary>A file with its text.</summary>
    public SourceText Source(string path) => new(path, ReadText(path));

    /// <inheritdoc/>
    public BicepFile Read(string path)
    {
        if (!_parsed.TryGetValue(path, out var file))
        {
            _parsed[path] = file = BicepReader.Read(path, Parse(path));
        }

        return file;
    }

    /// <inheritdoc/>
    public string ReadText(string path) => File.ReadAllText(Full(path));
}
