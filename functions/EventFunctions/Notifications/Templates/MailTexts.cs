using System.Collections.Frozen;
using EventFunctions.Domain;

namespace EventFunctions.Notifications.Templates;

/// <summary>The texts of all mails in all languages, as they are built into the app.</summary>
public sealed class MailTexts
{
    private const string Prefix = "mail-template/";
    private readonly FrozenDictionary<(string Template, string Language), MailText> _texts;
    private readonly FrozenDictionary<string, MailTemplate> _templates;

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">One of them is not a mail's text.</exception>
    public MailTexts()
    {
        var assembly = typeof(MailTexts).Assembly;
        _templates = MailTemplates.All.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
        _texts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (Name: name[Prefix.Length..].Split('/'), Text: Read(assembly.GetManifestResourceStream(name)!)))
            .ToFrozenDictionary(t => (t.Name[1], t.Name[0]), t => t.Text);
    }

    /// <summary>Every text there is, by its template's name and its language.</summary>
    public IReadOnlyDictionary<(string Template, string Language), MailText> All => _texts;

    /// <summary>A template.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public MailTemplate Template(string name) => _templates.GetValueOrDefault(name)
        ?? throw new ArgumentException($"There is no mail template '{name}'. Declare it in MailTemplates, and write its texts.", nameof(name));

    /// <summary>A template's text in a language, or in English where there is none in it.</summary>
    /// <returns>The text, and the language it is in.</returns>
    /// <exception cref="InvalidOperationException">There is no English text, which is a bug.</exception>
    public (MailText Text, LanguageTag Language) Find(MailTemplate template, LanguageTag language)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(language);
        foreach (var tag in (LanguageTag[])[language, new LanguageTag(language.Language), LanguageTag.English])
        {
            if (_texts.TryGetValue((template.Name, tag.Value), out var text))
            {
                return (text, tag);
            }
        }

        throw new InvalidOperationException($"The mail template '{template.Name}' has no English text. Write Notifications/Templates/en/{template.Name}.txt.");
    }

    private static MailText Read(Stream resource)
    {
        using var reader = new StreamReader(resource);
        return MailText.Parse(reader.ReadToEnd());
    }
}
