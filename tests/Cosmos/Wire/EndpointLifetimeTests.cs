using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

public sealed class EndpointLifetimeTests
{
    [Fact]
    public async Task An_endpoint_leaves_the_processs_signals_alone()
    {
        using var log = new MessageRecorder();
        var endpoint = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), TimeProvider.System, log, CancellationToken.None);
        await endpoint.DisposeAsync();
        Assert.Contains(log.Messages, m => m.Contains(endpoint.Address.Authority, StringComparison.Ordinal));

        // A host that takes the signals says so.
        Assert.DoesNotContain(log.Messages, m => m.Contains("Ctrl+C", StringComparison.Ordinal));
    }

    private sealed class MessageRecorder : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The recorder has no providers.");

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue(formatter(state, exception));

        public void Dispose() => Messages.Clear();
    }
}
