#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>Brings failures to a processor's error handler, and keeps that handler's own from ending the processor.</summary>
internal sealed class ProcessorErrors(
    string fullyQualifiedNamespace, string entityPath, string identifier, Func<ProcessErrorEventArgs, Task> onError)
{
    /// <summary>How long a processor rests after a failed receive or accept, so that a lasting failure does not spin.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public async Task ReportAsync(Exception exception, ServiceBusErrorSource source, CancellationToken cancellationToken)
    {
        try
        {
            await onError(new ProcessErrorEventArgs(
                exception, source, fullyQualifiedNamespace, entityPath, identifier, cancellationToken));
        }
        catch (Exception e)
        {
            // The handler of last resort failed: there is nobody left to tell but the log.
            ProcessorLog.Log.HandlerFailed("ProcessErrorAsync", entityPath, e.ToString());
        }
    }

    /// <summary>Runs what belongs to the application, and reports what it throws.</summary>
    public async Task GuardAsync(Func<Task> handler, ServiceBusErrorSource source, CancellationToken cancellationToken)
    {
        try
        {
            await handler();
        }
        catch (Exception e)
        {
            await ReportAsync(e, source, cancellationToken);
        }
    }

    /// <summary>Reports a failure of a processor's own loop and rests before the next round.</summary>
    public async Task ReportAndRestAsync(
        Exception exception, ServiceBusErrorSource source, TimeProvider clock, CancellationToken cancellationToken)
    {
        await ReportAsync(exception, source, cancellationToken);
        await Task.Delay(Rest, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
