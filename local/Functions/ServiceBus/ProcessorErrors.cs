using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Discovery;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>Reports what a processor could not do.</summary>
internal static class ProcessorErrors
{
    /// <summary>A failed function was logged by its invocation; what is left are the broker's errors.</summary>
    public static Task LogAsync(ILogger logger, Function function, ProcessErrorEventArgs args)
    {
        if (args.ErrorSource != ServiceBusErrorSource.ProcessMessageCallback)
        {
            logger.LogWarning(
                args.Exception, "{Function}: {Operation} failed on {Entity}.", function.Name, args.ErrorSource, args.EntityPath);
        }

        return Task.CompletedTask;
    }
}
