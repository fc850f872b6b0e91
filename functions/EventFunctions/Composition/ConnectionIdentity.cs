using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace EventFunctions.Composition;

/// <summary>
/// The identity that a service is reached with, from the settings that the bindings read too:
/// https://learn.microsoft.com/azure/azure-functions/functions-reference#common-properties-for-identity-based-connections.
/// </summary>
internal static class ConnectionIdentity
{
    /// <summary>How a token is obtained; none is by whatever the machine offers.</summary>
    private const string Credential = "credential";

    /// <summary>The client id of a user-assigned identity.</summary>
    private const string ClientId = "clientId";

    private const string ManagedIdentity = "managedidentity";

    /// <summary>The identity of a connection.</summary>
    /// <exception cref="InvalidOperationException">The settings ask for a credential that there is not.</exception>
    public static TokenCredential Of(IConfigurationSection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection[Credential] switch
        {
            null or "" => Of(connection[ClientId]),
            var kind when string.Equals(kind, ManagedIdentity, StringComparison.OrdinalIgnoreCase) =>
                new ManagedIdentityCredential(connection[ClientId] is { Length: > 0 } id
                    ? ManagedIdentityId.FromUserAssignedClientId(id)
                    : ManagedIdentityId.SystemAssigned),
            var other => throw new InvalidOperationException(
                $"'{connection.Path.Replace(":", "__", StringComparison.Ordinal)}__{Credential}' is '{other}'. Set it to '{ManagedIdentity}', or leave it out."),
        };
    }

    /// <summary>The identity with a client id, or without one whichever the machine offers.</summary>
    public static TokenCredential Of(string? clientId) => clientId is { Length: > 0 }
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();
}
