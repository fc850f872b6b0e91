using EventFunctions.Domain;
using EventFunctions.Notifications.Templates;

namespace EventFunctions.Tests.Notifications;

public sealed class MailTextTests
{
    private readonly MailTexts _texts = new();

    [Fact]
    public void Every_template_has_its_texts_and_every_text_its_template()
    {
        var languages = _texts.All.Keys.Select(k => k.Language).Distinct().Order();

        Assert.Equal(["de", "en"], languages);
        Assert.Equal(
            MailTemplates.All.SelectMany(t => languages.Where(l => l == "en" || t.Purpose != MailPurpose.Operations).Select(l => (t.Name, l))).Order(),
            _texts.All.Keys.Order());
        Assert.Equal(MailTemplates.All.Count, MailTemplates.All.Select(t => t.Name).Distinct().Count());
        Assert.Equal(
            typeof(MailTemplates).GetProperties().Where(p => p.PropertyType == typeof(MailTemplate)).Select(p => ((MailTemplate)p.GetValue(null)!).Name).Order(),
            MailTemplates.All.Select(t => t.Name).Order());
    }

    [Fact]
    public void Every_text_leaves_open_what_its_template_says_and_nothing_else() => Assert.All(
        _texts.All,
        text => Assert.Equal(_texts.Template(text.Key.Template).Placeholders.Order(), text.Value.Placeholders.Order()));

    [Fact]
    public void Every_text_is_plain() => Assert.All(_texts.All.Values, text =>
    {
        Assert.DoesNotMatch("<[a-zA-Z/]", text.Body);
        Assert.NotEmpty(text.Subject.Trim());
        Assert.NotEmpty(text.Body.Trim());
        Assert.DoesNotContain("{{", text.Fill(text.Placeholders.ToDictionary(p => p, _ => "x")).Body, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("de", "de")]
    [InlineData("de-AT", "de")]
    [InlineData("fr", "en")]
    public void A_text_is_found_in_the_language_or_in_english(string asked, string found) =>
        Assert.Equal(new LanguageTag(found), _texts.Find(MailTemplates.OrderShipped, new LanguageTag(asked)).Language);

    [Fact]
    public void A_template_that_nobody_declared_is_named() =>
        Assert.Contains("'nonsense'", Assert.Throws<ArgumentException>(() => _texts.Template("nonsense")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_too_few_or_too_many_is_named()
    {
        var text = MailText.Parse("Subject: Hello {{name}}\n\nNumber {{number}}.\n");

        Assert.Contains("number", Assert.Throws<ArgumentException>(() => text.Fill(Values(("name", "Ada")))).Message, StringComparison.Ordinal);
        Assert.Contains("other", Assert.Throws<ArgumentException>(() => text.Fill(Values(("name", "Ada"), ("number", "1"), ("other", "2")))).Message, StringComparison.Ordinal);
        Assert.Equal(new MailText("Hello Ada", "Number 1.\n"), text.Fill(Values(("name", "Ada"), ("number", "1"))));
    }

    [Fact]
    public void A_value_is_not_read_as_a_text_and_begins_no_header()
    {
        var text = MailText.Parse("Subject: Hello {{name}}\n\n{{name}}\n");

        Assert.Equal(
            new MailText("Hello {{name}}  Bcc: bob@example.com", "{{name}}\r\nBcc: bob@example.com\n"),
            text.Fill(Values(("name", "{{name}}\r\nBcc: bob@example.com"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Hello\n\nBody\n")]
    [InlineData("Subject: Hello\nBody\n")]
    public void A_file_without_a_subject_and_an_empty_line_is_refused(string file) => Assert.Throws<FormatException>(() => MailText.Parse(file));

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value);
}
