using System.Net;
using EventFunctions.Notifications.Mail;
using EventFunctions.Resilience;
using EventFunctions.Tests.Partners;

namespace EventFunctions.Tests.Notifications;

public sealed class HttpMailerTests : IDisposable
{
    private static readonly Guid Key = new("6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01");
    private static readonly MailMessage Mail = new("ada@example.com", "Hi", "Hello", "ada");
    private readonly StubHandler _stub = new();
    private readonly HttpClient _client;
    private readonly HttpMailer _mailer;

    public HttpMailerTests()
    {
        _client = new HttpClient(_stub, disposeHandler: false) { BaseAddress = new Uri("http://partner.test/mail/") };
        _mailer = new HttpMailer(_client, "shop@example.com");
    }

    public void Dispose()
    {
        _client.Dispose();
        _stub.Dispose();
    }

    [Fact]
    public async Task A_mail_is_sent_as_the_contract_says()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.Accepted, """{"mailId":"mail_1"}""");

        await _mailer.SendAsync(Mail, Key, CancellationToken.None);

        Assert.Equal(
            ("POST", "/mail/mails", Key.ToString("N"), """{"from":"shop@example.com","to":"ada@example.com","subject":"Hi","text":"Hello","reference":"ada"}"""),
            Assert.Single(_stub.Requests));
    }

    [Fact]
    public async Task A_persons_mails_are_forgotten_and_counted()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.OK, """{"forgotten":2}""");

        Assert.Equal(2, await _mailer.ForgetAsync("acme.ada", CancellationToken.None));
        Assert.Equal("DELETE", Assert.Single(_stub.Requests).Item1);
    }

    [Fact]
    public async Task A_service_that_is_away_or_breaks_its_contract_is_told_apart()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.ServiceUnavailable, "{}");
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => _mailer.SendAsync(Mail, Key, CancellationToken.None));

        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.BadRequest, "{}");
        await Assert.ThrowsAsync<ProviderContractException>(() => _mailer.SendAsync(Mail, Key, CancellationToken.None));

        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.OK, "{}");
        await Assert.ThrowsAsync<ProviderContractException>(() => _mailer.ForgetAsync("ada", CancellationToken.None));
    }
}
