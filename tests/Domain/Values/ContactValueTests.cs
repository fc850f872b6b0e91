using System.Text.Json;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Domain.Tests.Values;

/// <summary>How people can be reached and spoken to.</summary>
public sealed class ContactValueTests
{
    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("Ada.Byron+shop@EXAMPLE.Com", "Ada.Byron+shop@example.com")]
    [InlineData("o'hara_1@mail.xn--bcher-kva.example", "o'hara_1@mail.xn--bcher-kva.example")]
    public void An_address_keeps_its_local_part_and_has_its_host_in_lower_case(string text, string kept)
    {
        Assert.True(Email.TryCreate(text, out var email));
        Assert.Equal(kept, email.Value);
        Assert.True(email.IsSameMailbox(new Email(text.ToUpperInvariant())));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.com")]
    [InlineData("ada@localhost")]
    [InlineData("ada@example..com")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example.com\n")]
    [InlineData(" ada@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada@example.com, bob@example.com")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("[erased]")]
    public void Other_texts_are_no_addresses_and_are_not_repeated(string? text)
    {
        Assert.False(Email.TryCreate(text, out _));
        var refusal = Assert.Throws<ArgumentException>(() => new Email(text!));
        Assert.DoesNotContain("example", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_has_the_lengths_of_its_standard()
    {
        var label = new string('a', 61);
        var longest = $"{new string('l', 64)}@{label}.{label}.{label}a.io";
        Assert.Equal(Email.MaxLength, longest.Length);
        Assert.True(Email.TryCreate(longest, out _));
        Assert.False(Email.TryCreate(longest + "n", out _));
        Assert.False(Email.TryCreate($"{new string('l', 65)}@example.com", out _));
    }

    [Fact]
    public void What_is_an_address_survives_json_and_hides_itself_from_logs() =>
        Prop.ForAll(Arb.From(Any.MailboxTexts), text => !Email.TryCreate(text, out var email)
            || (Json.Dialects.All(options => Json.RoundTrip(email, options) == email) && email.ToString() == "***" && new Email(email.Value) == email))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("+4930123456", true)]
    [InlineData("+123456789012345", true)]
    [InlineData("+1234567890123456", false)]
    [InlineData("+123456", false)]
    [InlineData("+0301234567", false)]
    [InlineData("030123456", false)]
    [InlineData("+49 30 123456", false)]
    [InlineData(null, false)]
    public void A_telephone_number_is_international(string? text, bool isOne) => Assert.Equal(isOne, PhoneNumber.TryCreate(text, out _));

    [Theory]
    [InlineData("de", true)]
    [InlineData("de-AT", true)]
    [InlineData("gsw", true)]
    [InlineData("DE", false)]
    [InlineData("de-at", false)]
    [InlineData("de-AT-1901", false)]
    [InlineData("german", false)]
    [InlineData(null, false)]
    public void A_language_has_its_usual_form(string? text, bool isOne) => Assert.Equal(isOne, LanguageTag.TryCreate(text, out _));

    [Fact]
    public void A_language_is_known_without_its_region() => Assert.Equal(("de", "de"), (new LanguageTag("de-AT").Language, new LanguageTag("de").Language));

    [Theory]
    [InlineData(" Ada ", "Ada")]
    [InlineData("李", "李")]
    public void A_name_is_trimmed(string text, string kept) => Assert.Equal(kept, new PersonName(text).Value);

    [Theory]
    [InlineData(" ")]
    [InlineData("a\nb")]
    [InlineData("[erased]")]
    [InlineData(null)]
    public void Other_texts_are_no_names(string? text)
    {
        Assert.False(PersonName.TryCreate(text, out _));
        Assert.Throws<ArgumentException>(() => new PersonName(text!));
        Assert.False(PersonName.TryCreate(new string('x', 101), out _));
    }

    [Fact]
    public void What_is_erased_reads_as_that_and_nobody_can_enter_it()
    {
        Assert.Equal(Email.Erased, JsonSerializer.Deserialize<Email>("\"[erased]\"", EventJson.Options));
        Assert.Equal(PersonName.Erased, JsonSerializer.Deserialize<PersonName>("\"[erased]\"", EventJson.Options));
        Assert.Equal(PhoneNumber.Erased, JsonSerializer.Deserialize<PhoneNumber>("\"[erased]\"", EventJson.Options));
        Assert.False(PhoneNumber.TryCreate("[erased]", out _));
    }
}
