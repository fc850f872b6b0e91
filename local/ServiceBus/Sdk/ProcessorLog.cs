using System.Diagnostics.Tracing;

namespace Azure.Messaging.ServiceBus;

/// <summary>What a processor can tell nobody else: that the application's own error handler failed.</summary>
[EventSource(Name = "EventFunctions-Local-ServiceBus")]
internal sealed class ProcessorLog : EventSource
{
    public static readonly ProcessorLog Log = new();

    private ProcessorLog()
    {
    }

    [Event(1, Level = EventLevel.Error, Message = "The handler {0} of the processor of {1} failed: {2}")]
    public void HandlerFailed(string handler, string entityPath, string exception) => WriteEvent(1, handler, entityPath, exception);
}
