using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Tests.Support;

/// <summary>Keeps what is logged from a level on.</summary>
/// <param name="least">That level.</param>
public sealed class MessageRecorder(LogLevel least = LogLevel.Trace) : ILoggerFactory, ILogger
{
    /// <summary>Each message with its exception, in order.</summary>
    public ConcurrentQueue<string> Messages { get; } = [];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The recorder has no providers.");

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Messages.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Messages.Clear();
}
