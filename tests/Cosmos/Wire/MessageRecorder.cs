using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

/// <summary>Keeps what is logged from a level on.</summary>
internal sealed class MessageRecorder(LogLevel least = LogLevel.Trace) : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Messages { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The recorder has no providers.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Messages.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());
        }
    }

    public void Dispose() => Messages.Clear();
}
