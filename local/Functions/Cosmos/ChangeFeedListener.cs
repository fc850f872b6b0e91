using System.Net;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Invocation;
using EventFunctions.Local.Functions.Retry;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Cosmos;

/// <summary>
/// Runs a function with the changes of a container, by the SDK's change feed processor. A batch that fails for good is lost, as on
/// Azure; one that the host's stop interrupts is not checkpointed and comes again.
/// </summary>
internal sealed class ChangeFeedListener(
    Function function,
    CosmosFeed feed,
    CosmosClients clients,
    RetryingInvoker invoker,
    StopSignals signals,
    string instanceName,
    ILogger<ChangeFeedListener> logger) : ITriggerListener
{
    private const string LeasePartitionKey = "/id";

    private ChangeFeedProcessor? _processor;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (function.Retry is null)
        {
            logger.LogWarning(
                "Function '{Function}' has no retry policy: a batch of changes that fails is lost, here and on Azure. Put "
                + "[FixedDelayRetry(-1, ...)] or [ExponentialBackoffRetry(-1, ...)] on it.",
                function.Name);
        }

        try
        {
            var monitored = clients.Container(feed.Monitored);
            await monitored.ReadContainerAsync(cancellationToken: cancellationToken);
            _processor = Configure(monitored, await OpenLeasesAsync(cancellationToken));
            await _processor.StartAsync();
        }
        catch (CosmosException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FunctionsStartupException(
                $"Function '{function.Name}': container '{feed.Monitored.Container}' or lease container '{feed.Leases.Container}' is "
                + $"not in database '{feed.Monitored.Database}'. Create them; leases have the partition key {LeasePartitionKey}.",
                exception);
        }
        catch (Exception exception) when (exception is CosmosException or HttpRequestException or FormatException or ArgumentException)
        {
            throw new FunctionsStartupException(
                $"Function '{function.Name}': the change feed of '{feed.Monitored.Container}' can't be read: {exception.Message} "
                + "Check that the connection's account is up and its connection string whole.",
                exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _processor?.StopAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;

    private async Task<Container> OpenLeasesAsync(CancellationToken cancellationToken)
    {
        var leases = clients.Container(feed.Leases);
        if (feed.CreateLeaseContainer)
        {
            await clients.Database(feed.Leases).CreateContainerIfNotExistsAsync(
                feed.Leases.Container, LeasePartitionKey, feed.LeaseThroughput, cancellationToken: cancellationToken);
            return leases;
        }

        await leases.ReadContainerAsync(cancellationToken: cancellationToken);
        return leases;
    }

    private ChangeFeedProcessor Configure(Container monitored, Container leases)
    {
        var builder = monitored
            .GetChangeFeedProcessorBuilder(feed.Prefix, (_, changes, token) => HandleAsync(changes, token))
            .WithInstanceName(instanceName)
            .WithLeaseContainer(leases)
            .WithLeaseConfiguration(feed.AcquireInterval, feed.ExpirationInterval, feed.RenewInterval)
            .WithErrorNotification((lease, exception) =>
            {
                logger.LogWarning(
                    exception, "{Function}: lease {Lease} of the change feed met an error and is taken up again.", function.Name, lease);
                return Task.CompletedTask;
            });
        if (feed.StartTime is { } start)
        {
            builder = builder.WithStartTime(start);
        }

        if (feed.PollDelay is { } delay)
        {
            builder = builder.WithPollInterval(delay);
        }

        return (feed.MaxItems is { } items ? builder.WithMaxItems(items) : builder).Build();
    }

    private async Task HandleAsync(Stream changes, CancellationToken cancellationToken)
    {
        signals.Stopping.ThrowIfCancellationRequested();
        var documents = await ChangedDocuments.ReadAsync(changes, cancellationToken);
        // The token also tells that the lease is lost: another host has the batch then, and this one must not go on repeating it.
        await invoker.TryInvokeAsync(function, new InvocationRequest(new TriggerInput.Documents(documents)), cancellationToken);
    }
}
