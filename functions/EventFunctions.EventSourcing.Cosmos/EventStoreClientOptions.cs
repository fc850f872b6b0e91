using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>The options of a <see cref="CosmosClient"/> for event and view stores.</summary>
public static class EventStoreClientOptions
{
    /// <summary>The options for an account.</summary>
    /// <param name="accountEndpoint">The account; one on loopback is reached over plain HTTP requests, and only there.</param>
    /// <param name="applicationName">Shown in the store's diagnostics.</param>
    public static CosmosClientOptions ForEndpoint(Uri accountEndpoint, string applicationName)
    {
        ArgumentNullException.ThrowIfNull(accountEndpoint);
        ArgumentException.ThrowIfNullOrEmpty(applicationName);
        return new CosmosClientOptions
        {
            ApplicationName = applicationName,

            // An endpoint on this machine speaks HTTP alone, and has no other region to look for when it is away.
            ConnectionMode = accountEndpoint.IsLoopback ? ConnectionMode.Gateway : ConnectionMode.Direct,
            LimitToEndpoint = accountEndpoint.IsLoopback,
            UseSystemTextJsonSerializerWithOptions = EventJson.Options,
            EnableContentResponseOnWrite = false,

            // A command has a caller that waits; past this the caller is told when to come again.
            MaxRetryWaitTimeOnRateLimitedRequests = TimeSpan.FromSeconds(5),
        };
    }

    /// <summary>The options for the account that a connection string names.</summary>
    /// <param name="connectionString">Reads <c>AccountEndpoint=…;AccountKey=…;</c>.</param>
    /// <param name="applicationName">Shown in the store's diagnostics.</param>
    /// <exception cref="ArgumentException">The connection string names no account.</exception>
    public static CosmosClientOptions ForConnectionString(string connectionString, string applicationName)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var endpoint = connectionString
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(part => part.StartsWith("AccountEndpoint=", StringComparison.OrdinalIgnoreCase))
            .Select(part => part["AccountEndpoint=".Length..])
            .FirstOrDefault();
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            ? ForEndpoint(uri, applicationName)
            : throw new ArgumentException("The connection string of Cosmos DB has no AccountEndpoint=<URI>.", nameof(connectionString));
    }
}
