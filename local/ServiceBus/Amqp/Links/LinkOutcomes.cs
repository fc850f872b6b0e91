using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What the peer is told when something ends otherwise than it should.</summary>
internal static class LinkOutcomes
{
    /// <summary>The state an operation ends with; none if the connection is over, and there is nobody to tell.</summary>
    public static async Task<DeliveryState?> OfAsync(ValueTask<DeliveryState> operation, ILogger log, CancellationToken ended)
    {
        try
        {
            return await operation;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            return new DeliveryState.Rejected(ErrorOf(exception, log));
        }
    }

    /// <summary>The error that stands for an exception. One that is nobody's refusal is logged: it is a mistake of this end.</summary>
    public static AmqpError ErrorOf(Exception exception, ILogger log)
    {
        switch (exception)
        {
            case AmqpRefusalException refusal:
                return refusal.Error;
            case AmqpFormatException format:
                return new AmqpError(format.Condition, format.Message);
            case ServiceBusException { Reason: ServiceBusFailureReason.ServiceBusy } busy:
                return new AmqpError(ErrorCondition.ServerBusy, busy.Message); // the log has failed: nothing was done
            default:
                log.LogError(exception, "An AMQP operation failed.");
                return new AmqpError(ErrorCondition.InternalError, $"The endpoint failed: {exception.Message}");
        }
    }
}
