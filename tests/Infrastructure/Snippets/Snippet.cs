using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Snippets;

/// <summary>Small files that are not on the disk, to show that a check finds what it is for.</summary>
/// <param name="parser">Parses them.</param>
/// <param name="files">Their texts, by path.</param>
public sealed class Snippet(BicepParser parser, IReadOnlyDictionary<string, string> files) : IBicepSources
{
    /// <summary>The path of the file that is deployed.</summary>
    public const string Main = "infra/main.bicep";

    private readonly Dictionary<string, BicepFile> _parsed = [];

    /// <summary>One file.</summary>
    public Snippet(BicepParser parser, string text)
        : this(parser, new Dictionary<string, string> { [Main] = text })
    {
    }

    /// <summary>Every Bicep file, by path.</summary>
    public IReadOnlyDictionary<string, BicepFile> Files => files.Keys.Where(path => path.EndsWith(".bicep", StringComparison.Ordinal)).ToDictionary(path => path, Read);

    /// <summary>What it would deploy.</summary>
    public Deployment Deploy(params (string Name, Value Value)[] parameters) =>
        Deployment.Run(this, Main, parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)));

    /// <inheritdoc/>
    public BicepFile Read(string path)
    {
        if (!_parsed.TryGetValue(path, out var file))
        {
            var tree = parser.Parse(new SourceText(path, ReadText(path)));
            Assert.Empty(BicepParser.ErrorsIn(tree));
            _parsed[path] = file = BicepReader.Read(path, tree);
        }

        return file;
    }

    /// <inheritdoc/>
    public string ReadText(string path) => files.TryGetValue(path, out var text) ? text : throw new FileNotFoundException($"There is no {path}.");
}
