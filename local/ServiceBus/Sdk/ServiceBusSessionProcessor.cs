#nullable disable
#pragma warning disable MA0046 // The events are those of the real type: their handlers return a task.

using System.Collections.Concurrent;

namespace Azure.Messaging.ServiceBus;

/// <summary>Takes hold of sessions, so many at a time, and hands each one's messages in order to the application's handler.</summary>
public class ServiceBusSessionProcessor : IAsyncDisposable
{
    private readonly ServiceBusClient _client;
    private readonly ServiceBusSessionProcessorOptions _options;
    private readonly ProcessorLifetime _lifetime;
    private readonly ConcurrencyGate _sessions;
    private readonly ConcurrentDictionary<SessionRun, string> _runs = new();
    private readonly HandlerSlot<ProcessSessionMessageEventArgs> _onMessage;
    private readonly HandlerSlot<ProcessErrorEventArgs> _onError;
    private readonly HandlerSlot<ProcessSessionEventArgs> _onInitializing;
    private readonly HandlerSlot<ProcessSessionEventArgs> _onClosing;
    private readonly ProcessorErrors _errors;
    private int _maxConcurrentCallsPerSession;
    private int _prefetchCount;
    private int _closed;

    /// <summary>For tests that replace the processor.</summary>
    protected ServiceBusSessionProcessor()
    {
        _onMessage = new(nameof(ProcessMessageAsync), () => false);
        _onError = new(nameof(ProcessErrorAsync), () => false);
        _onInitializing = new(nameof(SessionInitializingAsync), () => false);
        _onClosing = new(nameof(SessionClosingAsync), () => false);
    }

    /// <summary>For subclasses.</summary>
    protected ServiceBusSessionProcessor(ServiceBusClient client, string queueName, ServiceBusSessionProcessorOptions options)
        : this(queueName, client, options)
    {
    }

    /// <summary>For subclasses.</summary>
    protected ServiceBusSessionProcessor(
        ServiceBusClient client, string topicName, string subscriptionName, ServiceBusSessionProcessorOptions options)
        : this(ServiceBusClient.SubscriptionPath(topicName, subscriptionName), client, options)
    {
    }

    internal ServiceBusSessionProcessor(string path, ServiceBusClient client, ServiceBusSessionProcessorOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = options ?? new ServiceBusSessionProcessorOptions();
        _prefetchCount = _options.PrefetchCount;
        _maxConcurrentCallsPerSession = _options.MaxConcurrentCallsPerSession;
        _sessions = new ConcurrencyGate(_options.MaxConcurrentSessions);
        _lifetime = new ProcessorLifetime(RunAsync);
        _onMessage = new(nameof(ProcessMessageAsync), () => IsProcessing);
        _onError = new(nameof(ProcessErrorAsync), () => IsProcessing);
        _onInitializing = new(nameof(SessionInitializingAsync), () => IsProcessing);
        _onClosing = new(nameof(SessionClosingAsync), () => IsProcessing);
        EntityPath = path;
        var identifier = string.IsNullOrEmpty(_options.Identifier) ? $"{path}-{Guid.NewGuid()}" : _options.Identifier;
        Identifier = identifier;
        _errors = new ProcessorErrors(client.FullyQualifiedNamespace, path, identifier, args => OnProcessErrorAsync(args));
    }

    /// <summary>Handles a message. To be set, once, before starting.</summary>
    public event Func<ProcessSessionMessageEventArgs, Task> ProcessMessageAsync
    {
        add => _onMessage.Add(value);
        remove => _onMessage.Remove(value);
    }

    /// <summary>Is told of every failure. To be set, once, before starting.</summary>
    public event Func<ProcessErrorEventArgs, Task> ProcessErrorAsync
    {
        add => _onError.Add(value);
        remove => _onError.Remove(value);
    }

    /// <summary>Is told of a session before its first message.</summary>
    public event Func<ProcessSessionEventArgs, Task> SessionInitializingAsync
    {
        add => _onInitializing.Add(value);
        remove => _onInitializing.Remove(value);
    }

    /// <summary>Is told of a session after its last message, while it is still held.</summary>
    public event Func<ProcessSessionEventArgs, Task> SessionClosingAsync
    {
        add => _onClosing.Add(value);
        remove => _onClosing.Remove(value);
    }

    /// <summary>The namespace's host name.</summary>
    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;

    /// <summary>The entity.</summary>
    public virtual string EntityPath { get; }

    /// <summary>The processor's name in logs.</summary>
    public virtual string Identifier { get; }

    /// <summary>What receiving does to a message.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode => _options.ReceiveMode;

    /// <summary>Messages to fetch ahead; kept, without effect in this process.</summary>
    public virtual int PrefetchCount => Volatile.Read(ref _prefetchCount);

    /// <summary>Whether it was started and not stopped.</summary>
    public virtual bool IsProcessing => _lifetime.IsRunning;

    /// <summary>Whether a message is completed when its handler returns without having settled it.</summary>
    public virtual bool AutoCompleteMessages => _options.AutoCompleteMessages;

    /// <summary>Whether it was closed.</summary>
    public virtual bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>How long a session's lock is renewed after its last message came.</summary>
    public virtual TimeSpan MaxAutoLockRenewalDuration => _options.MaxAutoLockRenewalDuration;

    /// <summary>Sessions that are processed at once.</summary>
    public virtual int MaxConcurrentSessions => _sessions.Limit;

    /// <summary>Handlers that run at once in one session.</summary>
    public virtual int MaxConcurrentCallsPerSession => Volatile.Read(ref _maxConcurrentCallsPerSession);

    /// <summary>How long a session without messages is held; null for the client's try time-out.</summary>
    public virtual TimeSpan? SessionIdleTimeout => _options.SessionIdleTimeout;

    /// <summary>Starts to process.</summary>
    /// <exception cref="InvalidOperationException">It runs already, or a handler is not set.</exception>
    public virtual Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsClosed || _client.IsClosed, this);
        if (!_onMessage.IsSet || !_onError.IsSet)
        {
            throw new InvalidOperationException(
                $"Set {nameof(ProcessMessageAsync)} and {nameof(ProcessErrorAsync)} before starting the processor.");
        }

        return _lifetime.StartAsync(cancellationToken);
    }

    /// <summary>Stops receiving, waits for the handlers that run and lets go of the sessions.</summary>
    public virtual Task StopProcessingAsync(CancellationToken cancellationToken = default) => _lifetime.StopAsync(cancellationToken);

    /// <summary>Stops and closes the processor.</summary>
    public virtual async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _closed, 1);
        await _lifetime.StopAsync(cancellationToken);
    }

    /// <summary>Stops and closes the processor.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync(CancellationToken.None);
        GC.SuppressFinalize(this);
    }

    /// <summary>Changes how many sessions, and handlers in each, run at once, also while processing.</summary>
    public void UpdateConcurrency(int maxConcurrentSessions, int maxConcurrentCallsPerSession)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrentSessions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrentCallsPerSession, 1);
        _sessions.Limit = maxConcurrentSessions;
        Volatile.Write(ref _maxConcurrentCallsPerSession, maxConcurrentCallsPerSession);
        foreach (var run in _runs.Keys)
        {
            run.Calls.Limit = maxConcurrentCallsPerSession;
        }
    }

    /// <summary>Changes how many messages are fetched ahead; kept, without effect in this process.</summary>
    public void UpdatePrefetchCount(int prefetchCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefetchCount);
        Volatile.Write(ref _prefetchCount, prefetchCount);
    }

    /// <summary>Calls the application's handler.</summary>
    protected internal virtual Task OnProcessSessionMessageAsync(ProcessSessionMessageEventArgs args) => _onMessage.InvokeAsync(args);

    /// <summary>Calls the application's error handler.</summary>
    protected internal virtual Task OnProcessErrorAsync(ProcessErrorEventArgs args) => _onError.InvokeAsync(args);

    /// <summary>Calls the application's handler of a session's beginning.</summary>
    protected internal virtual Task OnSessionInitializingAsync(ProcessSessionEventArgs args) => _onInitializing.InvokeAsync(args);

    /// <summary>Calls the application's handler of a session's end.</summary>
    protected internal virtual Task OnSessionClosingAsync(ProcessSessionEventArgs args) => _onClosing.InvokeAsync(args);

    private async Task RunAsync(CancellationToken stop)
    {
        await (_options.SessionIds.Count == 0
            ? DispatchAsync(null, stop)
            : Task.WhenAll(_options.SessionIds.Select(id => DispatchAsync(id, stop))));
        await _sessions.DrainedAsync();
    }

    /// <summary>Takes hold of one session after another; of always the same one where it is named.</summary>
    private async Task DispatchAsync(string sessionId, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !_client.IsClosed)
        {
            try
            {
                await _sessions.EnterAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return; // stopped while all sessions were busy
            }

            if (await AcceptAsync(sessionId, stop) is not { } receiver)
            {
                _sessions.Leave();
                continue;
            }

            var run = Task.Run(() => ProcessAsync(receiver, stop), CancellationToken.None);
            if (sessionId is not null)
            {
                await run;
            }
        }
    }

    private async Task<ServiceBusSessionReceiver> AcceptAsync(string sessionId, CancellationToken stop)
    {
        var options = new ServiceBusSessionReceiverOptions
        {
            ReceiveMode = ReceiveMode,
            PrefetchCount = PrefetchCount,
            Identifier = Identifier,
        };
        try
        {
            return sessionId is null
                ? await SessionAcceptance.NextAsync(_client, EntityPath, options, stop)
                : await SessionAcceptance.NamedAsync(_client, EntityPath, sessionId, options, stop);
        }
        catch (Exception) when (stop.IsCancellationRequested || _client.IsClosed)
        {
            return null; // stopped while waiting
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.ServiceTimeout)
        {
            return null; // no session had anything to process; ask again
        }
        catch (Exception e)
        {
            await _errors.ReportAndRestAsync(e, ServiceBusErrorSource.AcceptSession, _client.Clock, stop);
            return null;
        }
    }

    private async Task ProcessAsync(ServiceBusSessionReceiver receiver, CancellationToken stop)
    {
        var callbacks = new SessionCallbacks(OnProcessSessionMessageAsync, OnSessionInitializingAsync, OnSessionClosingAsync, _errors);
        using var run = new SessionRun(
            receiver,
            _options,
            callbacks,
            Identifier,
            SessionIdleTimeout ?? _client.TryTimeout,
            MaxConcurrentCallsPerSession,
            receiver.Clock,
            stop);
        _runs.TryAdd(run, receiver.SessionId);
        run.Calls.Limit = MaxConcurrentCallsPerSession; // which may have changed before the run was there to be told
        try
        {
            await run.RunAsync();
        }
        catch (Exception e)
        {
            await _errors.ReportAsync(e, ServiceBusErrorSource.CloseSession, stop);
        }
        finally
        {
            _runs.TryRemove(run, out _);
            _sessions.Leave();
        }
    }
}
