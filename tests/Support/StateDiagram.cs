namespace EventFunctions.Tests.Support;

/// <summary>
/// The transitions of a Mermaid <c>stateDiagram-v2</c> in a page of Markdown, so that a test can hold the page against the code.
/// </summary>
/// <remarks>
/// Read are lines of the form <c>From --&gt; To</c> or <c>From --&gt; To : label</c>; <c>[*]</c> is the start on the left and the end on
/// the right. Comments (<c>%%</c>), <c>direction</c>, notes and <c>state "…" as X</c> are passed over. Anything else fails, so that a
/// transition with a slip of the pen is not overlooked.
/// </remarks>
public sealed class StateDiagram
{
    /// <summary>What stands for the start, where it is a source, and for the end, where it is a target.</summary>
    public const string StartOrEnd = "[*]";

    private const string Fence = "```";

    private const string Arrow = "-->";

    private StateDiagram(IReadOnlySet<(string From, string To)> transitions) => Transitions = transitions;

    /// <summary>Every transition once, those of <see cref="StartOrEnd"/> among them.</summary>
    public IReadOnlySet<(string From, string To)> Transitions { get; }

    /// <summary>Every state that is named in a transition.</summary>
    public IReadOnlySet<string> States =>
        Transitions.SelectMany(t => new[] { t.From, t.To }).Where(s => s != StartOrEnd).ToHashSet(StringComparer.Ordinal);

    /// <summary>The states a transition leads to from the start.</summary>
    public IReadOnlySet<string> Initial =>
        Transitions.Where(t => t.From == StartOrEnd).Select(t => t.To).ToHashSet(StringComparer.Ordinal);

    /// <summary>The states from which a transition leads to the end.</summary>
    public IReadOnlySet<string> Final =>
        Transitions.Where(t => t.To == StartOrEnd).Select(t => t.From).ToHashSet(StringComparer.Ordinal);

    /// <summary>The transitions between states, without those of start and end.</summary>
    public IReadOnlySet<(string From, string To)> Steps =>
        Transitions.Where(t => t.From != StartOrEnd && t.To != StartOrEnd).ToHashSet();

    /// <summary>Reads the diagram of a page.</summary>
    /// <param name="path">The page; it has one state diagram.</param>
    /// <exception cref="FormatException">The page has none or more than one, or a line of it is not understood.</exception>
    public static StateDiagram OfFile(string path) => OfMarkdown(File.ReadAllText(path));

    /// <summary>Reads the diagram in a text of Markdown.</summary>
    /// <param name="markdown">The text; it has one state diagram.</param>
    /// <exception cref="FormatException">The text has none or more than one, or a line of it is not understood.</exception>
    public static StateDiagram OfMarkdown(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        List<List<string>> blocks = [];
        List<string>? block = null;
        foreach (var line in markdown.Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                block = block is null ? [] : null;
                if (block is not null && line == Fence + "mermaid")
                {
                    blocks.Add(block);
                }
            }
            else
            {
                block?.Add(line);
            }
        }

        var diagrams = blocks.Where(b => b.Find(l => l.Length > 0) == "stateDiagram-v2").ToList();
        return diagrams is [var only]
            ? OfLines(only)
            : throw new FormatException($"There is to be one block of Mermaid that begins with 'stateDiagram-v2', but there are {diagrams.Count}.");
    }

    private static StateDiagram OfLines(IEnumerable<string> lines)
    {
        var transitions = new HashSet<(string From, string To)>();
        var isNote = false;
        foreach (var line in lines.Where(l => l.Length > 0).Skip(1))
        {
            if (isNote || line.StartsWith("note ", StringComparison.Ordinal))
            {
                isNote = isNote ? line != "end note" : !line.Contains(':', StringComparison.Ordinal);
                continue;
            }

            if (line.StartsWith("%%", StringComparison.Ordinal) || line.StartsWith("direction ", StringComparison.Ordinal)
                || line.StartsWith("state \"", StringComparison.Ordinal))
            {
                continue;
            }

            var transition = TransitionOf(line);
            if (!transitions.Add(transition))
            {
                throw new FormatException($"The transition from {transition.From} to {transition.To} is drawn twice; give it one line and a longer label.");
            }
        }

        return new StateDiagram(transitions);
    }

    private static (string From, string To) TransitionOf(string line)
    {
        var ends = line.Split(':', 2)[0].Split(Arrow);
        return ends is [var from, var to] && IsState(from.Trim()) && IsState(to.Trim())
            ? (from.Trim(), to.Trim())
            : throw new FormatException($"'{line}' is no transition of the form 'From {Arrow} To : label'.");
    }

    private static bool IsState(string name) => name == StartOrEnd || (name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_'));
}
