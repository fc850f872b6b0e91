using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Invocation;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>Runs a function for messages; an exception is the processor's business, which abandons them.</summary>
internal sealed class MessageInvoker(FunctionInvoker invoker, StopSignals signals)
{
    public Task InvokeAsync(Function function, TriggerInput.Messages input)
    {
        var first = input.Received[0];
        var request = new InvocationRequest(input)
        {
            BindingData = () => MessageMetadata.Read(input.Received),
            TraceParent = Property(first, "Diagnostic-Id") ?? Property(first, "traceparent"),
            TraceState = Property(first, "tracestate"),
        };
        return signals.WaitForAsync(invoker.InvokeAsync(function, request, signals.Cancelled));
    }

    private static string? Property(ServiceBusReceivedMessage message, string name) =>
        message.ApplicationProperties.TryGetValue(name, out var value) ? value as string : null;
}
