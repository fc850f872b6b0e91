using Azure.Identity;
using EventFunctions.Composition;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace EventFunctions.Tests.Telemetry;

public sealed class TelemetrySettingsTests
{
    private const string ConnectionString = "InstrumentationKey=6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01;IngestionEndpoint=https://127.0.0.1:9/";

    [Fact]
    public void Without_a_receiver_nothing_is_collected()
    {
        using var services = Services([]);

        Assert.Null(services.GetService<TracerProvider>());
        Assert.Null(services.GetService<MeterProvider>());
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", ConnectionString)]
    public void With_one_traces_and_metrics_are(string setting, string value)
    {
        using var services = Services(new() { [setting] = value });

        Assert.NotNull(services.GetService<TracerProvider>());
        Assert.NotNull(services.GetService<MeterProvider>());
    }

    [Theory]
    [InlineData("Authorization=AAD;ClientId=6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01", typeof(ManagedIdentityCredential))]
    [InlineData("ClientId=6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01;Authorization=aad", typeof(ManagedIdentityCredential))]
    [InlineData("Authorization=AAD", typeof(DefaultAzureCredential))]
    public void Application_insights_is_reached_with_the_identity_that_is_named(string authentication, Type credential) =>
        Assert.IsType(credential, Settings(authentication).Credential);

    [Fact]
    public void Application_insights_is_reached_by_its_connection_string_alone_where_no_identity_is_named() =>
        Assert.Null(Settings(string.Empty).Credential);

    [Theory]
    [InlineData("ClientId=6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01")]
    [InlineData("Authorization=Basic")]
    [InlineData("AAD")]
    public void An_identity_that_is_said_otherwise_is_refused_with_the_remedy(string authentication) =>
        Assert.Contains(
            "'APPLICATIONINSIGHTS_AUTHENTICATION_STRING' to 'Authorization=AAD'",
            Assert.Throws<InvalidOperationException>(() => Settings(authentication)).Message,
            StringComparison.Ordinal);

    private static TelemetrySettings Settings(string authentication) => TelemetrySettings.Of(Configuration(new()
    {
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = ConnectionString,
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = authentication,
    }));

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var configuration = Configuration(settings);
        return new ServiceCollection().AddLogging().AddSingleton(configuration).AddTelemetry(configuration).BuildServiceProvider();
    }
}
