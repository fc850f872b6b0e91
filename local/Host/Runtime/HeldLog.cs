using System.Collections.Concurrent;
using System.Globalization;

namespace EventFunctions.Local.Host;

/// <summary>
/// Keeps log lines until somebody asks for them: what fails and is tried again is daily business while failures are played,
/// and would break a progress display; where the end is not as it should be, it is what one wants to read.
/// </summary>
internal sealed class HeldLog : ILoggerProvider
{
    /// <summary>How many lines are kept: the newest.</summary>
    public const int MaxLines = 200;

    private readonly ConcurrentQueue<string> _lines = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    /// <summary>Writes what was kept, and forgets it.</summary>
    public async Task WriteToAsync(TextWriter output)
    {
        while (_lines.TryDequeue(out var line))
        {
            await output.WriteLineAsync(line);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The lines outlive the logging they came from: they are asked for after everything has stopped.
    }

    private void Keep(string line)
    {
        _lines.Enqueue(line);
        while (_lines.Count > MaxLines)
        {
            _lines.TryDequeue(out _);
        }
    }

    private sealed class Writer(HeldLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var time = TimeProvider.System.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
            log.Keep($"{time} {logLevel}: {category}: {formatter(state, exception)}{(exception is null ? string.Empty : $" {exception}")}");
        }
    }
}
