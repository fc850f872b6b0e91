#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>What a session's run needs of its processor.</summary>
internal sealed record SessionCallbacks(
    Func<ProcessSessionMessageEventArgs, Task> OnMessage,
    Func<ProcessSessionEventArgs, Task> OnInitializing,
    Func<ProcessSessionEventArgs, Task> OnClosing,
    ProcessorErrors Errors);

/// <summary>One session in a processor's hands, from its acceptance to its release.</summary>
internal sealed class SessionRun : IDisposable
{
    private readonly ServiceBusSessionReceiver _receiver;
    private readonly ServiceBusSessionProcessorOptions _options;
    private readonly SessionCallbacks _callbacks;
    private readonly string _identifier;
    private readonly TimeSpan _idleTimeout;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _lock = new();
    private readonly List<ProcessSessionMessageEventArgs> _running = [];
    private DateTimeOffset _renewUntil;
    private int _lossReported;

    public SessionRun(
        ServiceBusSessionReceiver receiver,
        ServiceBusSessionProcessorOptions options,
        SessionCallbacks callbacks,
        string identifier,
        TimeSpan idleTimeout,
        int maxConcurrentCalls,
        TimeProvider clock,
        CancellationToken stop)
    {
        _receiver = receiver;
        _options = options;
        _callbacks = callbacks;
        _identifier = identifier;
        _idleTimeout = idleTimeout;
        _clock = clock;
        _stop = stop;
        _lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(_lost.Token);
        Calls = new ConcurrencyGate(maxConcurrentCalls);
    }

    /// <summary>Handlers that run in the session.</summary>
    public ConcurrencyGate Calls { get; }

    /// <summary>Processes the session until it is idle, released, lost, or the processor stops; then lets go of it.</summary>
    public async Task RunAsync()
    {
        Extend();
        var renewal = RenewAsync();
        try
        {
            await _callbacks.OnInitializing(SessionArgs());
            await ReceiveAsync();
        }
        catch (Exception e)
        {
            // The application's initialising handler failed: the session is given back, after a rest because it comes again at once.
            await _callbacks.Errors.ReportAndRestAsync(e, ServiceBusErrorSource.ProcessMessageCallback, _clock, _stop);
        }

        await Calls.DrainedAsync();
        await _callbacks.Errors.GuardAsync(() => _callbacks.OnClosing(SessionArgs()), ServiceBusErrorSource.CloseSession, _stop);
        await _over.CancelAsync();
        await renewal;
        await _receiver.DisposeAsync();
    }

    public void Dispose()
    {
        _ending.Dispose();
        _lost.Dispose();
        _over.Dispose();
    }

    private async Task ReceiveAsync()
    {
        while (!_ending.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            try
            {
                await Calls.EnterAsync(_ending.Token);
            }
            catch (OperationCanceledException)
            {
                return; // the session ends while all its handlers are busy
            }

            if (await ReceiveOneAsync() is { } message)
            {
                Extend();
                _ = Task.Run(() => HandleAsync(message), CancellationToken.None);
                continue;
            }

            Calls.Leave();
            if (Calls.Inside == 0)
            {
                return; // idle
            }
        }
    }

    private async Task<ServiceBusReceivedMessage> ReceiveOneAsync()
    {
        try
        {
            // A session that was asked for by name is kept for its whole idle time: there is no other to let go of it for.
            var (message, isWantedElsewhere) = await _receiver.ReceiveNextAsync(
                _idleTimeout, unlessWantedElsewhere: _options.SessionIds.Count == 0, _ending.Token, _stop);
            if (isWantedElsewhere)
            {
                Release(); // even if handlers still run: asking again would be answered the same, over and over
            }

            return message;
        }
        catch (Exception) when (_ending.IsCancellationRequested || _stop.IsCancellationRequested)
        {
            return null; // the session ends while nothing came
        }
        catch (Exception e)
        {
            // Nothing more can come of a session whose receiver fails.
            await LoseAsync(e, ServiceBusErrorSource.Receive);
            return null;
        }
    }

    private async Task HandleAsync(ServiceBusReceivedMessage message)
    {
        using var held = new HeldMessages(
            _receiver, TimeSpan.Zero, (e, source) => _callbacks.Errors.ReportAsync(e, source, _stop), (_, _) => Task.CompletedTask);
        var args = new ProcessSessionMessageEventArgs(message, _receiver, _identifier, held, Release, _lost.Token);
        lock (_lock)
        {
            _running.Add(args);
        }

        try
        {
            held.Add(message);
            await GuardAsync(() => held.RunAsync(() => _callbacks.OnMessage(args), _options.AutoCompleteMessages, _stop));
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(args);
            }

            Calls.Leave();
        }
    }

    /// <summary>Keeps the lock until the last handler has ended, also while the processor stops.</summary>
    private async Task RenewAsync()
    {
        if (_options.MaxAutoLockRenewalDuration == TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await LockKeeper.KeepAsync(
                () => _receiver.SessionLockedUntil, RenewUntil, token => _receiver.RenewSessionLockAsync(token), _clock, _over.Token);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The session is being let go of; its lock is no longer wanted.
        }
        catch (Exception e)
        {
            await LoseAsync(e, ServiceBusErrorSource.RenewLock);
        }
    }

    private async Task LoseAsync(Exception exception, ServiceBusErrorSource source)
    {
        if (Interlocked.Exchange(ref _lossReported, 1) != 0)
        {
            return; // receiving and renewing notice the same loss
        }

        ProcessSessionMessageEventArgs[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        await GuardAsync(_lost.CancelAsync);
        await _callbacks.Errors.ReportAsync(exception, source, _stop);
        foreach (var args in running)
        {
            await GuardAsync(() => args.OnSessionLockLostAsync(
                new SessionLockLostEventArgs(args.Message, _receiver.SessionLockedUntil, exception)));
        }
    }

    /// <summary>The application's own handlers and callbacks may fail; the session has to end all the same.</summary>
    private Task GuardAsync(Func<Task> handler) =>
        _callbacks.Errors.GuardAsync(handler, ServiceBusErrorSource.ProcessMessageCallback, _stop);

    private void Release() => _ending.Cancel();

    private void Extend()
    {
        lock (_lock)
        {
            _renewUntil = _clock.After(_options.MaxAutoLockRenewalDuration);
        }
    }

    private DateTimeOffset RenewUntil()
    {
        lock (_lock)
        {
            return _renewUntil;
        }
    }

    private ProcessSessionEventArgs SessionArgs() => new(_receiver, _identifier, Release, _lost.Token);
}
