namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;

/// <summary>Messages as bytes.</summary>
internal static class TestMessages
{
    /// <summary>One with a body and an id.</summary>
    public static ReadOnlyMemory<byte> Create(string body, string? sessionId = null) => Create(System.Text.Encoding.UTF8.GetBytes(body), body, sessionId);

    public static ReadOnlyMemory<byte> Create(byte[] body, string id = "m", string? sessionId = null)
    {
        var writer = new AmqpWriter();
        writer.WriteDescriptor(MessageSection.Properties);
        writer.WriteValue(new AmqpList { id, null, null, null, null, null, null, null, null, null, sessionId });
        writer.WriteDescriptor(MessageSection.Data);
        writer.WriteBinary(body);
        return writer.Written;
    }

    /// <summary>The body of a message as text.</summary>
    public static string Body(ReadOnlyMemory<byte> message) => System.Text.Encoding.UTF8.GetString(AmqpMessage.Read(message).Data[0].Span);
}
