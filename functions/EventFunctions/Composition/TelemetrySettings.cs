using System.Data.Common;
using Azure.Core;
using Microsoft.Extensions.Configuration;

namespace EventFunctions.Composition;

/// <summary>Where telemetry goes. The names are those of the Functions host and of the OpenTelemetry specification.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>Names the Application Insights resource.</summary>
    public const string ConnectionStringSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Says with which identity it is reached: <c>Authorization=AAD</c>, and <c>ClientId=…</c> for a user-assigned one.</summary>
    public const string AuthenticationSetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>The address of an OTLP receiver.</summary>
    public const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Chooses which traces are kept.</summary>
    public const string SamplerSetting = "OTEL_TRACES_SAMPLER";

    /// <summary>Whether telemetry is exported by OTLP.</summary>
    public bool HasOtlp { get; private init; }

    /// <summary>The connection string of Application Insights, where telemetry is exported to it.</summary>
    public string? ApplicationInsights { get; private init; }

    /// <summary>The identity that Application Insights is reached with; none where the connection string is enough.</summary>
    public TokenCredential? Credential { get; private init; }

    /// <summary>Whether a sampler is chosen.</summary>
    public bool HasSampler { get; private init; }

    /// <summary>Whether telemetry goes anywhere.</summary>
    public bool IsExported => HasOtlp || ApplicationInsights is not null;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">The identity is not said as the Functions host wants it.</exception>
    public static TelemetrySettings Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var applicationInsights = Text(configuration, ConnectionStringSetting);
        return new TelemetrySettings
        {
            HasOtlp = Text(configuration, OtlpSetting) is not null,
            ApplicationInsights = applicationInsights,
            Credential = applicationInsights is null ? null : CredentialOf(Text(configuration, AuthenticationSetting)),
            HasSampler = Text(configuration, SamplerSetting) is not null,
        };
    }

    private static TokenCredential? CredentialOf(string? authentication)
    {
        if (authentication is null)
        {
            return null;
        }

        var parts = Parse(authentication);
        return parts.TryGetValue("Authorization", out var kind) && string.Equals(kind as string, "AAD", StringComparison.OrdinalIgnoreCase)
            ? ConnectionIdentity.Of(parts.TryGetValue("ClientId", out var client) ? client as string : null)
            : throw Unusable(null);
    }

    private static DbConnectionStringBuilder Parse(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException exception)
        {
            throw Unusable(exception);
        }
    }

    private static InvalidOperationException Unusable(Exception? inner) => new(
        $"Set '{AuthenticationSetting}' to 'Authorization=AAD', or to 'Authorization=AAD;ClientId=<id>' for a user-assigned identity.", inner);

    private static string? Text(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } text ? text : null;
}
