using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Binds messages and what settles them.</summary>
internal static class MessageParameters
{
    /// <summary>Binds the message, or in a batch an array of them.</summary>
    public static ParameterRule Trigger(Trigger.ServiceBus trigger) => (parameter, isTrigger) =>
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        if (!isTrigger)
        {
            return null;
        }

        if (!trigger.Batched)
        {
            var read = ReaderOf(type, name);
            return read is null ? null : (context, input) => new(read(context, ((TriggerInput.Messages)input).Received[0]));
        }

        if (!type.IsArray || type == typeof(byte[]) || ReaderOf(type.GetElementType()!, name) is not { } readOne)
        {
            return null;
        }

        var element = type.GetElementType()!;
        return (context, input) => new(ReadAll(((TriggerInput.Messages)input).Received, element, message => readOne(context, message)));
    };

    /// <summary>Binds the actions; those of the session only where there are sessions.</summary>
    public static ParameterRule Actions(Trigger.ServiceBus trigger) => (parameter, _) =>
    {
        if (parameter.ParameterType == typeof(ServiceBusMessageActions))
        {
            return static (_, input) => new(((TriggerInput.Messages)input).Actions);
        }

        return parameter.ParameterType == typeof(ServiceBusSessionMessageActions) && trigger.Sessions
            ? static (_, input) => new(((TriggerInput.Messages)input).SessionActions)
            : null;
    };

    private static Func<FunctionContext, ServiceBusReceivedMessage, object?>? ReaderOf(Type type, string name)
    {
        if (type == typeof(ServiceBusReceivedMessage))
        {
            return static (_, message) => message;
        }

        if (type == typeof(string))
        {
            return static (_, message) => message.Body.ToString();
        }

        if (type == typeof(byte[]))
        {
            return static (_, message) => message.Body.ToArray();
        }

        if (type == typeof(BinaryData))
        {
            return static (_, message) => message.Body;
        }

        // Anything else is an object in the body's JSON, but not a stream, a service or a collection.
        return type is { IsInterface: false, IsAbstract: false, IsArray: false, IsPrimitive: false } && !typeof(Stream).IsAssignableFrom(type)
            ? (context, message) => JsonValues.Read(context, message.Body, type, name)
            : null;
    }

    private static Array ReadAll(
        IReadOnlyList<ServiceBusReceivedMessage> messages, Type element, Func<ServiceBusReceivedMessage, object?> read)
    {
        var values = Array.CreateInstance(element, messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            values.SetValue(read(messages[i]), i);
        }

        return values;
    }
}
