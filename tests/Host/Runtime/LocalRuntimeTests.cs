using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Host.Tests.Runtime;

public sealed class LocalRuntimeTests
{
    [Theory]
    [InlineData("Ordering", "StepAttempts", "0")]
    [InlineData("Payments", "BaseAddress", "http://partner.test/no-slash")]
    [InlineData("Carrier", "WebhookSecret", "short")]
    public async Task A_setting_that_cannot_be_stops_the_start_and_is_named(string section, string name, string value)
    {
        var options = new LocalRuntimeOptions
        {
            LogLevel = LogLevel.None,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [$"{section}__{name}"] = value },
        };

        var exception = await Assert.ThrowsAsync<LocalRuntimeException>(() => LocalRuntime.StartAsync(options));

        Assert.Contains($"'{section}:{name}'", exception.Message, StringComparison.Ordinal);
    }
}
