using System.Globalization;
using System.Text;
using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>
/// Reads texts from the source and not from the tree, which leaves out blanks at their edges. The escapes are those of
/// https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings.
/// </summary>
internal static class TextLiteralReader
{
    private const string Fence = "'''";

    public static Expression Read(SyntaxNode node)
    {
        if (node.Text.StartsWith(Fence, StringComparison.Ordinal))
        {
            // The line break behind the opening fence is no part of the text.
            var inner = node.Text[Fence.Length..^Fence.Length];
            return new Literal(node.At, inner.StartsWith('\n') ? inner[1..] : inner);
        }

        var interpolations = node.Rules.Where(r => r.Kind == "interpolation").ToList();
        if (interpolations.Count == 0)
        {
            return new Literal(node.At, Unescape(node.Slice(node.Start + 1, node.End - 1)));
        }

        var pieces = new List<Expression>();
        var from = node.Start + 1;
        foreach (var interpolation in interpolations)
        {
            Add(pieces, node, from, interpolation.Start);
            pieces.Add(ExpressionReader.Read(interpolation.Rules.Single()));
            from = interpolation.End;
        }

        Add(pieces, node, from, node.End - 1);
        return new Interpolation(node.At, pieces);
    }

    private static void Add(List<Expression> pieces, SyntaxNode node, int from, int to)
    {
        if (to > from)
        {
            pieces.Add(new Literal(node.At, Unescape(node.Slice(from, to))));
        }
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                var end = raw.IndexOf('}', i);
                text.Append(char.ConvertFromUtf32(int.Parse(raw.AsSpan(i + 2, end - i - 2), NumberStyles.HexNumber)));
                i = end;
            }
            else
            {
                text.Append(raw[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
            }
        }

        return text.ToString();
    }
}
