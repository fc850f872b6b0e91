using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EventSourcing.Tests.Privacy;

/// <summary>What is sealed comes back as it was, says nothing while it is sealed, and opens nowhere else.</summary>
public sealed class SealingProperties
{
    private const string Place = "place/1";

    private static readonly Gen<string?> Texts = Gen.OneOf(
        Gen.Constant<string?>(null),
        ArbMap.Default.GeneratorFor<UnicodeString>().Select(t => (string?)t.ToString()).Where(t => t is null || IsText(t)),
        Gen.Elements<string?>("", "\"}]{", "\u0000", "ü😀", "$sealed", "[erased] not", "{\"$sealed\":\"1.AAAA\",\"subject\":\"x\"}"));

    private static readonly Gen<Note> Notes = NotesOf(3);

    private static readonly Gen<Contact> Contacts =
        from phone in Texts
        from kind in Texts
        from remark in Gen.OneOf(Gen.Constant<Note?>(null), Notes.Select(n => (Note?)n))
        select new Contact(phone, kind ?? "", remark);

    private static readonly Gen<Profile> Profiles =
        from name in Texts
        from plan in Texts
        from contact in Contacts
        from notes in Notes.ListOf(3)
        from others in Contacts.ListOf(2)
        select new Profile(
            "ann", plan ?? "", name, contact, [.. notes], others.Index().ToDictionary(o => $"other.{o.Index}[0]", o => o.Item, StringComparer.Ordinal));

    [Fact]
    public void Any_value_at_any_depth_comes_back_as_it_was() => Check(Profiles, async (world, profile) =>
    {
        var closed = await world.Vault.SealAsync(profile, Place);
        var opened = await world.Vault.OpenAsync(closed, Place);
        return JsonNode.DeepEquals(Json(profile), JsonNode.Parse(opened.ToString()));
    });

    [Fact]
    public void What_is_marked_is_not_to_be_seen_and_everything_else_is() => Check(Profiles, async (world, profile) =>
    {
        var closed = JsonNode.Parse((await world.Vault.SealAsync(profile, Place)).ToString())!;
        return profile.Plan == (string?)closed["plan"]
            && profile.Contact!.Kind == (string?)closed["contact"]!["kind"]
            && Marked(profile).Count() == Sealed(closed).Count()
            && Marked(profile).Where(t => t.Length > 8).All(t => !Sealed(closed).Any(s => s.Contains(t, StringComparison.Ordinal)));
    });

    [Fact]
    public void Without_the_key_every_marked_text_reads_erased_and_the_shape_stays() => Check(Profiles, async (world, profile) =>
    {
        var closed = await world.Vault.SealAsync(profile, Place);
        await world.Keys.DeleteAsync(new DataSubjectId("ann"));

        var read = (await world.Vault.OpenAsync(closed, Place)).To<Profile>()!;
        return Marked(read).All(t => t == ErasedText.Value) && Marked(read).Count() == Marked(profile).Count() && read.Plan == profile.Plan;
    });

    [Fact]
    public void Any_changed_bit_of_what_is_sealed_fails_loudly() => Check(
        Gen.Choose(0, int.MaxValue),
        async (world, seed) =>
        {
            var closed = JsonNode.Parse((await world.Vault.SealAsync(new Profile("ann", "p", "Ann Example"), Place)).ToString())!;
            var text = (string)closed["name"]!["$sealed"]!;
            var bytes = Convert.FromBase64String(Padded(text[2..]));
            var bit = seed % (bytes.Length * 8);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            closed["name"]!["$sealed"] = "1." + System.Buffers.Text.Base64Url.EncodeToString(bytes);
            return await IsBrokenAsync(world, closed, Place);
        });

    [Theory]
    [InlineData("1.")]
    [InlineData("1.AAAA")]
    [InlineData("2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("1.not base64")]
    [InlineData("")]
    public async Task What_is_no_sealed_text_fails_loudly(string text)
    {
        var world = new SealedWorld();
        var closed = JsonNode.Parse((await world.Vault.SealAsync(new Profile("ann", "p", "Ann Example"), Place)).ToString())!;
        closed["name"]!["$sealed"] = text;

        Assert.True(await IsBrokenAsync(world, closed, Place));
    }

    [Fact]
    public async Task What_was_moved_to_another_property_fails_loudly()
    {
        var world = new SealedWorld();
        var closed = JsonNode.Parse((await world.Vault.SealAsync(
            new Profile("ann", "p", "Ann Example", new Contact("+49 1", "home"), [new Note(1, "a"), new Note(2, "b")]), Place)).ToString())!;
        var first = closed["notes"]![0]!["text"]!.DeepClone();

        closed["notes"]![0]!["text"] = closed["notes"]![1]!["text"]!.DeepClone();
        Assert.True(await IsBrokenAsync(world, closed, Place));

        closed["notes"]![0]!["text"] = first;
        Assert.False(await IsBrokenAsync(world, closed, Place));
        Assert.True(await IsBrokenAsync(world, closed, "place/2"));
    }

    [Fact]
    public async Task What_was_sealed_for_another_person_fails_loudly()
    {
        var world = new SealedWorld();
        var ann = JsonNode.Parse((await world.Vault.SealAsync(new Profile("ann", "p", "Ann Example"), Place)).ToString())!;
        await world.Vault.SealAsync(new Profile("bob", "p", "Bob Example"), Place);

        ann["name"]!["subject"] = "bob";

        Assert.True(await IsBrokenAsync(world, ann, Place));
    }

    [Fact]
    public async Task A_key_that_is_lost_and_not_deleted_is_an_error_and_not_an_erasure()
    {
        var closed = await new SealedWorld().Vault.SealAsync(new Profile("ann", "p", "Ann Example"), Place);

        var exception = await Assert.ThrowsAsync<SubjectKeyMissingException>(
            async () => await new SealedWorld().Vault.OpenAsync(closed, Place));

        Assert.Contains("'ann'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_text_is_sealed_differently_each_time()
    {
        var world = new SealedWorld();
        var profile = new Profile("ann", "p", "Ann Example");

        Assert.NotEqual((await world.Vault.SealAsync(profile, Place)).ToString(), (await world.Vault.SealAsync(profile, Place)).ToString());
    }

    private static Gen<Note> NotesOf(int depth) =>
        from number in ArbMap.Default.GeneratorFor<int>()
        from text in Texts
        from replies in depth == 0 ? Gen.Constant<Note[]>([]) : NotesOf(depth - 1).ListOf(2).Select(l => l.ToArray())
        select new Note(number, text, replies.Length == 0 ? null : replies);

    private static void Check<T>(Gen<T> values, Func<SealedWorld, T, Task<bool>> holds) =>
        Prop.ForAll(values.ToArbitrary(), value => holds(new SealedWorld(), value).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    private static async Task<bool> IsBrokenAsync(SealedWorld world, JsonNode json, string place)
    {
        try
        {
            await world.Vault.OpenAsync(RawJson.Of(json), place);
            return false;
        }
        catch (SealBrokenException)
        {
            return true;
        }
    }

    private static JsonNode? Json(Profile profile) => JsonSerializer.SerializeToNode(profile, EventJson.Options);

    // Half of a surrogate pair is no text that JSON keeps.
    private static bool IsText(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static string Padded(string text) => text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);

    private static IEnumerable<string> Marked(Profile profile) => new[] { profile.Name }
        .Concat(Marked(profile.Contact))
        .Concat((profile.Notes ?? []).SelectMany(Marked))
        .Concat((profile.Others ?? new Dictionary<string, Contact>()).Values.SelectMany(Marked))
        .OfType<string>();

    private static IEnumerable<string?> Marked(Contact? contact) => contact is null ? [] : [contact.Phone, .. Marked(contact.Remark)];

    private static IEnumerable<string?> Marked(Note? note) => note is null ? [] : [note.Text, .. (note.Replies ?? []).SelectMany(Marked)];

    private static IEnumerable<string> Sealed(JsonNode? json) => json switch
    {
        JsonObject o when o.ContainsKey("$sealed") => [o.ToJsonString()],
        JsonObject o => o.SelectMany(p => Sealed(p.Value)),
        JsonArray a => a.SelectMany(Sealed),
        _ => [],
    };
}
