namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Deliveries of the broker, written as receivers get them.</summary>
internal static class OutboundMessages
{
    /// <summary>Writes a delivery's message.</summary>
    public static void WriteMessage(this AmqpWriter writer, Delivery delivery)
    {
        var message = delivery.Message;
        var extras = WireExtras.Read(message.Opaque);
        writer.WriteHeader(delivery, extras);
        writer.WriteAnnotations(delivery, extras.Annotations);
        writer.WriteProperties(delivery, extras);
        if (message.Properties.Count > 0)
        {
            writer.WriteDescriptor(MessageSection.ApplicationProperties);
            var start = writer.BeginCompound(FormatCode.Map32, message.Properties.Count * 2);
            foreach (var (name, value) in message.Properties)
            {
                writer.WriteString(name);
                writer.WriteValue(PropertyValues.ToWire(value));
            }

            writer.EndCompound(start);
        }

        if (extras.HasBodySections)
        {
            writer.WriteRaw(message.Body.Span);
        }
        else
        {
            writer.WriteDescriptor(MessageSection.Data);
            writer.WriteBinary(message.Body.Span);
        }

        if (extras.Footer is { } footer)
        {
            writer.WriteDescriptor(MessageSection.Footer);
            writer.WriteValue(footer);
        }
    }

    private static void WriteHeader(this AmqpWriter writer, Delivery delivery, WireExtras extras)
    {
        var timeToLive = delivery.Message.TimeToLive;
        writer.WriteDescriptor(MessageSection.Header);
        var start = writer.BeginCompound(FormatCode.List32, 5);
        writer.WriteValue(extras.Durable);
        writer.WriteValue(extras.Priority);
        writer.WriteValue(timeToLive == TimeSpan.MaxValue ? null : (uint)Math.Min(timeToLive.TotalMilliseconds, uint.MaxValue));
        writer.WriteNull();
        writer.WriteUInt((uint)delivery.DeliveryCount);
        writer.EndCompound(start);
    }

    private static void WriteAnnotations(this AmqpWriter writer, Delivery delivery, AmqpMap? others)
    {
        var message = delivery.Message;
        writer.WriteDescriptor(MessageSection.MessageAnnotations);
        var start = writer.BeginCompound(FormatCode.Map32, 0);
        var count = 0;
        Write(MessageAnnotation.EnqueuedTime, delivery.EnqueuedAt);
        Write(MessageAnnotation.SequenceNumber, delivery.SequenceNumber);
        Write(MessageAnnotation.EnqueuedSequenceNumber, delivery.EnqueuedSequenceNumber);
        Write(MessageAnnotation.MessageState, StateOf(delivery.Place));
        WriteIf(MessageAnnotation.LockedUntil, delivery.LockedUntil == default ? null : delivery.LockedUntil);
        WriteIf(MessageAnnotation.PartitionKey, message.PartitionKey);
        WriteIf(MessageAnnotation.ViaPartitionKey, message.TransactionPartitionKey);
        WriteIf(MessageAnnotation.ScheduledEnqueueTime, message.ScheduledEnqueueTime);
        WriteIf(MessageAnnotation.DeadLetterSource, delivery.DeadLetterSource);
        foreach (var (key, value) in others ?? [])
        {
            writer.WriteValue(key);
            writer.WriteValue(value);
            count += 2;
        }

        writer.EndCompound(start);
        writer.Patch(start + 4, count);

        void WriteIf(string name, object? value)
        {
            if (value is not null)
            {
                Write(name, value);
            }
        }

        void Write(string name, object value)
        {
            writer.WriteSymbol(name);
            writer.WriteValue(value);
            count += 2;
        }
    }

    private static void WriteProperties(this AmqpWriter writer, Delivery delivery, WireExtras extras)
    {
        var message = delivery.Message;
        var lives = message.TimeToLive != TimeSpan.MaxValue && delivery.ExpiresAt != DateTimeOffset.MaxValue;
        writer.WriteDescriptor(MessageSection.Properties);
        var start = writer.BeginCompound(FormatCode.List32, 13);
        writer.WriteValue(message.MessageId);
        writer.WriteValue(extras.UserId);
        writer.WriteValue(message.To);
        writer.WriteValue(message.Subject);
        writer.WriteValue(message.ReplyTo);
        writer.WriteValue(message.CorrelationId);
        writer.WriteValue(message.ContentType is { } type ? new AmqpSymbol(type) : null);
        writer.WriteValue(extras.ContentEncoding);
        writer.WriteValue(lives ? delivery.ExpiresAt : null);
        writer.WriteValue(lives ? delivery.EnqueuedAt : null);
        writer.WriteValue(message.SessionId);
        writer.WriteValue(extras.GroupSequence);
        writer.WriteValue(message.ReplyToSessionId);
        writer.EndCompound(start);
    }

    /// <summary>The service's numbers for where a message is; a locked one counts as active.</summary>
    private static int StateOf(MessagePlace place) => place switch
    {
        MessagePlace.Deferred => 1,
        MessagePlace.Scheduled => 2,
        _ => 0,
    };
}
