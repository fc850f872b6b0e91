using System.Text.Json;

namespace EventFunctions.Infrastructure.Tests.Bicep.Syntax;

/// <summary>A node of the concrete syntax tree, as the grammar names it.</summary>
public sealed class SyntaxNode
{
    private readonly SourceText _source;

    private SyntaxNode(SourceText source, JsonElement described)
    {
        _source = source;
        Kind = described[0].GetString()!;
        Field = described[1].GetString();
        Start = described[2].GetInt32();
        End = described[3].GetInt32();
        var flags = described[4].GetInt32();
        (IsNamed, IsMissing, IsError) = ((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
        Children = [.. described[5].EnumerateArray().Select(child => new SyntaxNode(source, child))];
    }

    /// <summary>The rule of the grammar, or the token itself.</summary>
    public string Kind { get; }

    /// <summary>What the node is to its parent, where the grammar says so.</summary>
    public string? Field { get; }

    /// <summary>The offset of its first character.</summary>
    public int Start { get; }

    /// <summary>The offset behind its last character.</summary>
    public int End { get; }

    /// <summary>Whether it stands for a rule and not for a token.</summary>
    public bool IsNamed { get; }

    /// <summary>Whether the parser put it in because it was not there.</summary>
    public bool IsMissing { get; }

    /// <summary>Whether the parser could make nothing of it.</summary>
    public bool IsError { get; }

    /// <summary>All children, tokens too.</summary>
    public IReadOnlyList<SyntaxNode> Children { get; }

    /// <summary>The children that stand for rules, comments left out.</summary>
    public IEnumerable<SyntaxNode> Rules => Children.Where(c => c.IsNamed && c.Kind is not ("comment" or "diagnostic_comment"));

    /// <summary>The text it covers.</summary>
    public string Text => _source.Content[Start..End];

    /// <summary>Where it begins.</summary>
    public Location At => _source.At(Start);

    /// <summary>The node and all below it.</summary>
    public IEnumerable<SyntaxNode> All => Children.SelectMany(c => c.All).Prepend(this);

    /// <summary>The text between two offsets.</summary>
    public string Slice(int from, int to) => _source.Content[from..to];

    /// <summary>The first child of a kind.</summary>
    public SyntaxNode? Find(string kind) => Children.FirstOrDefault(c => c.Kind == kind);

    /// <summary>The child that plays a part.</summary>
    /// <exception cref="InvalidOperationException">There is none: the grammar is another one than expected.</exception>
    public SyntaxNode Part(string field) =>
        Children.FirstOrDefault(c => c.Field == field) ?? throw new InvalidOperationException($"{At}: a {Kind} without a {field}.");

    /// <summary>Reads a tree as <c>parse.mjs</c> writes it.</summary>
    public static SyntaxNode Read(SourceText source, string described)
    {
        using var document = JsonDocument.Parse(described, new JsonDocumentOptions { MaxDepth = 512 });
        return new SyntaxNode(source, document.RootElement);
    }
}
