using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests;

/// <summary>Shared access signatures, made as clients make them.</summary>
internal static class TestTokens
{
    public static string Create(string resource, DateTimeOffset expires, string key = "SAS_KEY_VALUE")
    {
        var (encoded, expiry) = (Uri.EscapeDataString(resource), expires.ToUnixTimeSeconds());
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{encoded}\n{expiry}")));
        return $"SharedAccessSignature sr={encoded}&sig={Uri.EscapeDataString(signature)}&se={expiry}&skn=RootManageSharedAccessKey";
    }
}
