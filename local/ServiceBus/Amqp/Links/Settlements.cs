namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What outcomes of AMQP mean to the broker ("AMQP 1.0 in Azure Service Bus protocol guide", "Message transfers").</summary>
internal static class Settlements
{
    /// <summary>What becomes of a message by its receiver's outcome; none is a delivery that never happened.</summary>
    /// <exception cref="AmqpRefusalException">A property that is to be changed is of a type properties can't have.</exception>
    public static Settlement Of(DeliveryState? outcome) => outcome switch
    {
        DeliveryState.Accepted => new Settlement.Complete(),
        DeliveryState.Rejected rejected => DeadLetter(rejected.Error),
        DeliveryState.Modified { UndeliverableHere: true } modified => new Settlement.Defer(PropertyValues.ToBroker(modified.Annotations)),
        DeliveryState.Modified modified => new Settlement.Abandon(PropertyValues.ToBroker(modified.Annotations)),
        DeliveryState.Released or null => new Settlement.Release(),
        _ => throw new AmqpRefusalException(ErrorCondition.NotImplemented, $"A {outcome.Type.Name} settles nothing."),
    };

    /// <summary>Reason and description stand among the error's information; other entries are properties to be set.</summary>
    private static Settlement.DeadLetter DeadLetter(AmqpError? error)
    {
        var info = PropertyValues.ToBroker(error?.Info);
        if (info is null)
        {
            return error is null or { Condition: ErrorCondition.DeadLetter }
                ? new Settlement.DeadLetter(null, null, null)
                : new Settlement.DeadLetter(error.Condition, error.Description, null);
        }

        var changes = info.Where(pair => pair.Key is not (DeadLetterReasons.ReasonProperty or DeadLetterReasons.DescriptionProperty))
            .ToDictionary(StringComparer.Ordinal);
        return new Settlement.DeadLetter(
            info.GetValueOrDefault(DeadLetterReasons.ReasonProperty) as string,
            info.GetValueOrDefault(DeadLetterReasons.DescriptionProperty) as string,
            changes.Count == 0 ? null : changes);
    }
}
