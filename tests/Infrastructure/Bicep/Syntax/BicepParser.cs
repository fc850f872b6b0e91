using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace EventFunctions.Infrastructure.Tests.Bicep.Syntax;

/// <summary>Parses Bicep with the grammar of tree-sitter, in a Node.js process that lives as long as this. One caller at a time.</summary>
public sealed class BicepParser : IDisposable
{
    private readonly Process _node;

    /// <summary>Starts it.</summary>
    /// <param name="folder">The folder of <c>parse.mjs</c> and its packages.</param>
    public BicepParser(string folder) => _node = Process.Start(new ProcessStartInfo("node", "parse.mjs")
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        StandardOutputEncoding = Encoding.UTF8,
    })!;

    /// <summary>The tree of a text, whatever its errors.</summary>
    /// <exception cref="InvalidOperationException">The process has ended; what it said is on the error stream of the tests.</exception>
    public SyntaxNode Parse(SourceText source)
    {
        _node.StandardInput.WriteLine(JsonSerializer.Serialize(source.Content));
        _node.StandardInput.Flush();
        return SyntaxNode.Read(source, _node.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"The parser ended at {source.Path}. Run 'npm ci' in tests/Infrastructure/BicepParser again."));
    }

    /// <summary>Every place where the text is no Bicep.</summary>
    public static IEnumerable<Finding> ErrorsIn(SyntaxNode tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return from node in tree.All
               where node.IsError || node.IsMissing
               select new Finding(node.At, node.IsMissing ? $"'{node.Kind}' is missing" : $"can't be read: {FirstLineOf(node.Text)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }

    private static string FirstLineOf(string text) => text.Split('\n', 2)[0];
}
