using System.Security.Cryptography;
using System.Text;
using EventFunctions.Webhooks.Secrets;

namespace EventFunctions.Tests.Webhooks;

public sealed class SecretTests
{
    private static readonly byte[] MasterKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly Guid Webhook = new("6f1f64a1-58a5-4f43-9a0f-0123456789ab");

    /// <summary>The example that the libraries of the specification are tested with.</summary>
    [Fact]
    public void A_signature_is_that_of_the_standard()
    {
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var signature = WebhookSignature.Sign([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}"""u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void While_a_secret_is_replaced_there_are_two_signatures() => Assert.Equal(
        $"{WebhookSignature.Sign([[1]], "id", "1", "x"u8)} {WebhookSignature.Sign([[2]], "id", "1", "x"u8)}", WebhookSignature.Sign([[1], [2]], "id", "1", "x"u8));

    [Fact]
    public void A_new_secret_is_long_enough_and_another_each_time()
    {
        var (one, other) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());

        Assert.NotEqual(one, other);
        Assert.InRange(one.Length, 24, 64);
        Assert.Equal($"whsec_{Convert.ToBase64String(one)}", WebhookSignature.TextOf(one));
    }

    [Fact]
    public void What_is_sealed_is_opened_under_the_same_key_for_the_same_webhook_alone()
    {
        var secret = WebhookSignature.NewSecret();
        var text = new AesGcmWebhookSecrets(MasterKey).Seal(Webhook, secret);

        Assert.Equal(secret, new AesGcmWebhookSecrets(MasterKey).Open(Webhook, text));
        Assert.ThrowsAny<CryptographicException>(() => new AesGcmWebhookSecrets(new byte[32]).Open(Webhook, text));
        Assert.ThrowsAny<CryptographicException>(() => new AesGcmWebhookSecrets(MasterKey).Open(Guid.NewGuid(), text));
        Assert.ThrowsAny<CryptographicException>(() => new AesGcmWebhookSecrets(MasterKey).Open(Webhook, Changed(text)));
    }

    [Fact]
    public void What_is_sealed_does_not_show_the_secret_and_looks_different_each_time()
    {
        var secret = Encoding.UTF8.GetBytes("a secret in plain text");
        var secrets = new AesGcmWebhookSecrets(MasterKey);

        Assert.NotEqual(secrets.Seal(Webhook, secret), secrets.Seal(Webhook, secret));
        Assert.DoesNotContain(Convert.ToBase64String(secret)[..12], secrets.Seal(Webhook, secret), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1.")]
    [InlineData("v1.AAAA")]
    [InlineData("v1.!")]
    [InlineData("v2.AAAA")]
    public void What_is_no_sealed_secret_is_told(string text) =>
        Assert.ThrowsAny<CryptographicException>(() => new AesGcmWebhookSecrets(MasterKey).Open(Webhook, text));

    [Fact]
    public void A_key_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => new AesGcmWebhookSecrets(new byte[16]));

    private static string Changed(string text) => text[..10] + (text[10] == 'A' ? 'B' : 'A') + text[11..];
}
