using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Health;

/// <summary>Asks what the app depends on whether it answers.</summary>
/// <param name="views">The store.</param>
/// <param name="broker">The broker.</param>
/// <param name="timeProvider">The clock of the time-out.</param>
/// <param name="logger">Gets why something does not answer; callers are told only that.</param>
public sealed class HealthProbe(IViewStore views, ServiceBusClient broker, TimeProvider timeProvider, ILogger<HealthProbe> logger)
{
    /// <summary>How long each of them may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const string Healthy = "healthy";
    private const string Unhealthy = "unhealthy";

    /// <summary>Asks all of them at once.</summary>
    public async Task<HealthReport> CheckAsync(DurableTaskClient sagas, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sagas);
        using var timeout = new CancellationTokenSource(Timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var results = await Task.WhenAll(
            CheckAsync("store", token => views.FindAsync<HealthReport>(new ViewKey("health", "probe"), token), linked.Token),
            CheckAsync("broker", AskBrokerAsync, linked.Token),
            CheckAsync("sagas", token => sagas.GetInstanceAsync("health-probe", token), linked.Token));
        cancellationToken.ThrowIfCancellationRequested();
        return new HealthReport(
            results.All(r => r.Status == Healthy) ? Healthy : Unhealthy,
            results.ToDictionary(r => r.Name, r => r.Status, StringComparer.Ordinal));
    }

    private async Task AskBrokerAsync(CancellationToken cancellationToken)
    {
        await using var sender = broker.CreateSender(EventTopics.Ordering);

        // Opens the link, which the broker has to grant; nothing is sent.
        using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
    }

    private async Task<(string Name, string Status)> CheckAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask(cancellationToken).WaitAsync(cancellationToken);
            return (name, Healthy);
        }
#pragma warning disable CA1031 // Whatever keeps it from answering is what is asked about.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LogWarning(exception, "The health check of {Name} failed.", name);
            return (name, Unhealthy);
        }
    }
}

/// <summary>What answers and what does not.</summary>
/// <param name="Status"><c>healthy</c> if everything answers, else <c>unhealthy</c>.</param>
/// <param name="Checks">The same for each.</param>
public sealed record HealthReport(string Status, IReadOnlyDictionary<string, string> Checks)
{
    /// <summary>Whether everything answers.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsHealthy => Status == "healthy";
}
