using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.Local.Host.Sandbox;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Host.Tests.Sandbox;

public sealed class MailEndpointsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mails-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_mail_is_shown_to_whoever_asks_by_person_and_by_address()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(sandbox, "k1", "ada@example.com", "ada"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(sandbox, "k2", "bob@example.com", "bob"));

        Assert.Equal(2, (await sandbox.ListAsync("mail/mails", "mails")).Count);
        var mail = Assert.Single(await sandbox.ListAsync("mail/mails?reference=ada", "mails"));
        Assert.Equal(("ada@example.com", "Hi", "Hello"), (mail.GetProperty("to").GetString(), mail.GetProperty("subject").GetString(), mail.GetProperty("text").GetString()));
        Assert.Single(await sandbox.ListAsync("mail/mails?recipient=BOB@example.com", "mails"));
    }

    [Fact]
    public async Task Of_several_mails_with_one_key_the_first_counts_also_where_they_differ()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        await SendAsync(sandbox, "k1", "ada@example.com", "ada");
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(sandbox, "k1", "ada@example.org", "ada"));

        Assert.Equal("ada@example.com", Assert.Single(await sandbox.ListAsync("mail/mails", "mails")).GetProperty("to").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("../k1")]
    public async Task A_mail_without_a_key_that_can_be_used_is_refused(string? key)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(sandbox, key, "ada@example.com", "ada"));
        Assert.Equal(HttpStatusCode.BadRequest, (await sandbox.PostAsync("mail/mails", new { to = "ada@example.com" }, "k1")).Status);
        Assert.Empty(await sandbox.ListAsync("mail/mails", "mails"));
    }

    [Fact]
    public async Task A_domain_can_ask_for_a_failure_and_what_failed_was_not_sent()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(sandbox, "k1", "ada@down.example", "ada"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(sandbox, "k2", "ada@flaky.example", "ada"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(sandbox, "k2", "ada@flaky.example", "ada"));
        Assert.Empty(await sandbox.ListAsync("mail/mails", "mails"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(sandbox, "k2", "ada@flaky.example", "ada"));

        Assert.Single(await sandbox.ListAsync("mail/mails", "mails"));
    }

    [Fact]
    public async Task Mails_are_files_that_another_start_finds_with_their_keys()
    {
        await using (var first = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = first.Address };
            await SendAsync(client, "k1", "ada@example.com", "ada");
            await SendAsync(client, "k2", "bob@example.com", "bob");
        }

        await using var second = await StartAsync();
        using var again = new HttpClient { BaseAddress = second.Address };
        await SendAsync(again, "k1", "ada@example.com", "ada");
        await SendAsync(again, "k3", "ada@example.com", "ada");

        Assert.Equal(["mail_00000001", "mail_00000002", "mail_00000003"], await IdsAsync(again));
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task Forgotten_mails_are_nowhere_any_more_and_are_not_sent_again()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        await SendAsync(client, "k1", "ada@example.com", "ada");
        await SendAsync(client, "k2", "bob@example.com", "bob");

        var nobody = await client.DeleteAsync(new Uri("mail/mails", UriKind.Relative));
        var forgotten = await client.DeleteAsync(new Uri("mail/mails?reference=ada", UriKind.Relative));
        await SendAsync(client, "k1", "ada@example.com", "ada");

        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        Assert.Equal(1, (await forgotten.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("forgotten").GetInt32());
        Assert.Equal(["mail_00000002"], await IdsAsync(client));
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => File.ReadAllText(file).Contains("ada@example.com", StringComparison.Ordinal));
        Assert.Equal(0, (await (await client.DeleteAsync(new Uri("mail/mails?reference=ada", UriKind.Relative))).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("forgotten").GetInt32());
    }

    [Fact]
    public async Task A_file_that_is_no_mail_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "mail_00000001.json"), "nonsense");

        var refusal = await Assert.ThrowsAsync<LocalRuntimeException>(StartAsync);

        Assert.Contains("mail_00000001.json", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> SendAsync(SandboxFixture sandbox, string? key, string to, string reference) =>
        (await sandbox.PostAsync("mail/mails", Mail(to, reference), key)).Status;

    private static async Task SendAsync(HttpClient client, string key, string to, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "mail/mails") { Content = JsonContent.Create(Mail(to, reference)) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static object Mail(string to, string reference) => new { from = "shop@example.com", to, subject = "Hi", text = "Hello", reference };

    private static async Task<IEnumerable<string?>> IdsAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("mail/mails")).GetProperty("mails").EnumerateArray().Select(m => m.GetProperty("mailId").GetString());

    private Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(
        new SandboxOptions { WebhookSecret = "secret of the tests", MailFolder = _folder }, new ManualTimeProvider(), NullLoggerFactory.Instance, CancellationToken.None);
}
