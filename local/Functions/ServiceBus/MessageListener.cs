using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>Runs a function for each message of a queue or subscription without sessions.</summary>
internal sealed class MessageListener(
    Function function, EntityProbe probe, ServiceBusProcessor processor, MessageInvoker invoker, ILogger<MessageListener> logger) : ITriggerListener
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        processor.ProcessMessageAsync += args =>
            invoker.InvokeAsync(function, new TriggerInput.Messages([args.Message], new ProcessorActions(args), SessionActions: null));
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
