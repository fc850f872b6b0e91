using System.Text.RegularExpressions;

namespace EventFunctions.Notifications.Templates;

/// <summary>One language's text of a mail, with its placeholders: a line <c>Subject: …</c>, an empty line, and the body.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Body">The body: plain text.</param>
public sealed partial record MailText(string Subject, string Body)
{
    private const string SubjectPrefix = "Subject: ";

    /// <summary>The names of the placeholders, each once.</summary>
    public IReadOnlySet<string> Placeholders => Matches(Subject).Concat(Matches(Body)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads a template's file.</summary>
    /// <exception cref="FormatException">It does not begin with a subject and an empty line.</exception>
    public static MailText Parse(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.ReplaceLineEndings("\n").Split('\n', 3) is [var first, "", var body] && first.StartsWith(SubjectPrefix, StringComparison.Ordinal)
            ? new MailText(first[SubjectPrefix.Length..], body.TrimEnd() + "\n")
            : throw new FormatException($"A mail's text begins with a line '{SubjectPrefix}…' and an empty line.");
    }

    /// <summary>The text with every placeholder filled in.</summary>
    /// <param name="values">By the placeholders' names.</param>
    /// <exception cref="ArgumentException">There is no value for a placeholder, or no placeholder for a value.</exception>
    public MailText Fill(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var wrong = Placeholders.ToHashSet(StringComparer.Ordinal);
        wrong.SymmetricExceptWith(values.Keys);
        if (wrong.Count > 0)
        {
            throw new ArgumentException($"The text's placeholders and the values given for them differ in: {string.Join(", ", wrong.Order(StringComparer.Ordinal))}.", nameof(values));
        }

        // A subject is one line of a header: a value must not begin another (RFC 5322, section 2.2).
        var subject = Placeholder().Replace(Subject, m => string.Concat(values[m.Groups["name"].Value].Select(c => char.IsControl(c) ? ' ' : c)));
        return new MailText(subject, Placeholder().Replace(Body, m => values[m.Groups["name"].Value]));
    }

    private static IEnumerable<string> Matches(string text) => Placeholder().Matches(text).Select(m => m.Groups["name"].Value);

    [GeneratedRegex(@"\{\{(?<name>[A-Za-z]+)\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
