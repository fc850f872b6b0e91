#nullable disable
#pragma warning disable MA0046 // The events are those of the real type: their handlers return a task.

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives messages and hands each to the application's handler, so many at a time.</summary>
public class ServiceBusProcessor : IAsyncDisposable
{
    private readonly ServiceBusClient _client;
    private readonly ServiceBusProcessorOptions _options;
    private readonly string _path;
    private readonly ServiceBusReceiverOptions _receiverOptions;
    private readonly ProcessorLifetime _lifetime;
    private readonly ConcurrencyGate _calls;
    private readonly HandlerSlot<ProcessMessageEventArgs> _onMessage;
    private readonly HandlerSlot<ProcessErrorEventArgs> _onError;
    private readonly ProcessorErrors _errors;
    private int _prefetchCount;
    private int _closed;

    /// <summary>For tests that replace the processor.</summary>
    protected ServiceBusProcessor()
    {
        _onMessage = new(nameof(ProcessMessageAsync), () => false);
        _onError = new(nameof(ProcessErrorAsync), () => false);
    }

    /// <summary>For subclasses.</summary>
    protected ServiceBusProcessor(ServiceBusClient client, string queueName, ServiceBusProcessorOptions options)
        : this(queueName, client, options)
    {
    }

    /// <summary>For subclasses.</summary>
    protected ServiceBusProcessor(ServiceBusClient client, string topicName, string subscriptionName, ServiceBusProcessorOptions options)
        : this(ServiceBusClient.SubscriptionPath(topicName, subscriptionName), client, options)
    {
    }

    internal ServiceBusProcessor(string path, ServiceBusClient client, ServiceBusProcessorOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _path = path;
        _options = options ?? new ServiceBusProcessorOptions();
        _prefetchCount = _options.PrefetchCount;
        _calls = new ConcurrencyGate(_options.MaxConcurrentCalls);
        _lifetime = new ProcessorLifetime(RunAsync);
        _onMessage = new(nameof(ProcessMessageAsync), () => IsProcessing);
        _onError = new(nameof(ProcessErrorAsync), () => IsProcessing);
        var identifier = string.IsNullOrEmpty(_options.Identifier) ? $"{path}-{Guid.NewGuid()}" : _options.Identifier;
        _receiverOptions = new ServiceBusReceiverOptions
        {
            ReceiveMode = _options.ReceiveMode,
            SubQueue = _options.SubQueue,
            PrefetchCount = _options.PrefetchCount,
            Identifier = identifier,
        };
        var entityPath = new ServiceBusReceiver(path, client, _receiverOptions).EntityPath;
        Identifier = identifier;
        EntityPath = entityPath;
        _errors = new ProcessorErrors(client.FullyQualifiedNamespace, entityPath, identifier, args => OnProcessErrorAsync(args));
    }

    /// <summary>Handles a message. To be set, once, before starting.</summary>
    public event Func<ProcessMessageEventArgs, Task> ProcessMessageAsync
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

    /// <summary>The namespace's host name.</summary>
    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;

    /// <summary>The entity, with its sub-queue.</summary>
    public virtual string EntityPath { get; }

    /// <summary>The processor's name in logs.</summary>
    public virtual string Identifier { get; }

    /// <summary>What receiving does to a message.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode => _options.ReceiveMode;

    /// <summary>Messages to fetch ahead; kept, without effect in this process.</summary>
    public virtual int PrefetchCount => Volatile.Read(ref _prefetchCount);

    /// <summary>Whether it was started and not stopped.</summary>
    public virtual bool IsProcessing => _lifetime.IsRunning;

    /// <summary>Handlers that run at once.</summary>
    public virtual int MaxConcurrentCalls => _calls.Limit;

    /// <summary>Whether a message is completed when its handler returns without having settled it.</summary>
    public virtual bool AutoCompleteMessages => _options.AutoCompleteMessages;

    /// <summary>Whether it was closed.</summary>
    public virtual bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>How long a message's lock is renewed while its handler runs.</summary>
    public virtual TimeSpan MaxAutoLockRenewalDuration => _options.MaxAutoLockRenewalDuration;

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

    /// <summary>Stops receiving and waits for the handlers that run; their cancellation token is cancelled.</summary>
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

    /// <summary>Changes how many handlers run at once, also while processing.</summary>
    public void UpdateConcurrency(int maxConcurrentCalls)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrentCalls, 1);
        _calls.Limit = maxConcurrentCalls;
    }

    /// <summary>Changes how many messages are fetched ahead; kept, without effect in this process.</summary>
    public void UpdatePrefetchCount(int prefetchCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefetchCount);
        Volatile.Write(ref _prefetchCount, prefetchCount);
    }

    /// <summary>Calls the application's handler.</summary>
    protected internal virtual Task OnProcessMessageAsync(ProcessMessageEventArgs args) => _onMessage.InvokeAsync(args);

    /// <summary>Calls the application's error handler.</summary>
    protected internal virtual Task OnProcessErrorAsync(ProcessErrorEventArgs args) => _onError.InvokeAsync(args);

    private async Task RunAsync(CancellationToken stop)
    {
        await using var receiver = new ServiceBusReceiver(_path, _client, _receiverOptions);
        while (!stop.IsCancellationRequested && !_client.IsClosed)
        {
            try
            {
                await _calls.EnterAsync(stop);
            }
            catch (OperationCanceledException)
            {
                break; // stopped while all handlers were busy
            }

            if (await ReceiveAsync(receiver, stop) is not { } message)
            {
                _calls.Leave();
                continue;
            }

            _ = Task.Run(() => HandleAsync(receiver, message, stop), CancellationToken.None);
        }

        await _calls.DrainedAsync();
    }

    private async Task<ServiceBusReceivedMessage> ReceiveAsync(ServiceBusReceiver receiver, CancellationToken stop)
    {
        try
        {
            return await receiver.ReceiveMessageAsync(cancellationToken: stop);
        }
        catch (Exception) when (stop.IsCancellationRequested || _client.IsClosed)
        {
            return null; // stopped while waiting
        }
        catch (Exception e)
        {
            await _errors.ReportAndRestAsync(e, ServiceBusErrorSource.Receive, _client.Clock, stop);
            return null;
        }
    }

    private async Task HandleAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, CancellationToken stop)
    {
        ProcessMessageEventArgs args = null;
        using var held = new HeldMessages(
            receiver,
            MaxAutoLockRenewalDuration,
            (e, source) => _errors.ReportAsync(e, source, stop),
            (lost, e) => _errors.GuardAsync(
                () => args.OnMessageLockLostAsync(new MessageLockLostEventArgs(lost, e)), ServiceBusErrorSource.ProcessMessageCallback, stop));
        args = new ProcessMessageEventArgs(message, receiver, Identifier, held, stop);
        held.Add(message);
        try
        {
            await _errors.GuardAsync(
                () => held.RunAsync(() => OnProcessMessageAsync(args), AutoCompleteMessages, stop),
                ServiceBusErrorSource.ProcessMessageCallback,
                stop);
        }
        finally
        {
            _calls.Leave();
        }
    }
}
