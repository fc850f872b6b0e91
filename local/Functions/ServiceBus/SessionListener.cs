using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>Runs a function for each message of a queue or subscription with sessions, one at a time in each.</summary>
internal sealed class SessionListener(
    Function function, EntityProbe probe, ServiceBusSessionProcessor processor, MessageInvoker invoker, ILogger<SessionListener> logger)
    : ITriggerListener
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        processor.ProcessMessageAsync += args => invoker.InvokeAsync(
            function,
            new TriggerInput.Messages([args.Message], new SessionProcessorActions(args), new ProcessorSessionActions(args)));
        processor.ProcessErrorAsync += args => ProcessorErrors.LogAsync(logger, function, args);
        await probe.RequireAsync(cancellationToken);
        await processor.StartProcessingAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await processor.StopProcessingAsync(cancellationToken);
        await processor.DisposeAsync();
    }
}
