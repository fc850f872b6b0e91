using System.ComponentModel;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function with messages of a Service Bus queue or subscription. Names may be written <c>%Setting%</c>.</summary>
public sealed class ServiceBusTriggerAttribute : TriggerBindingAttribute, ISupportCardinality
{
    /// <summary>Takes messages from a queue.</summary>
    public ServiceBusTriggerAttribute(string queueName) => QueueName = queueName;

    /// <summary>Takes messages from a topic's subscription.</summary>
    public ServiceBusTriggerAttribute(string topicName, string subscriptionName)
    {
        TopicName = topicName;
        SubscriptionName = subscriptionName;
    }

    /// <summary>The setting, or group of settings, that holds the connection.</summary>
    public string? Connection { get; set; }

    /// <summary>The queue.</summary>
    public string? QueueName { get; }

    /// <summary>The topic.</summary>
    public string? TopicName { get; }

    /// <summary>The subscription of the topic.</summary>
    public string? SubscriptionName { get; }

    /// <summary>Whether the queue or subscription has sessions.</summary>
    public bool IsSessionsEnabled { get; set; }

    /// <summary>Whether an invocation gets an array of messages rather than one.</summary>
    [DefaultValue(false)]
    public bool IsBatched { get; set; }

    /// <summary>
    /// Whether the host completes a message when the function returns. Where it is not set, host.json decides; a function that
    /// settles its messages itself sets it to false.
    /// </summary>
    public bool AutoCompleteMessages
    {
        get => ConfiguredAutoComplete ?? false;
        set => ConfiguredAutoComplete = value;
    }

    /// <inheritdoc />
    Cardinality ISupportCardinality.Cardinality
    {
        get => IsBatched ? Cardinality.Many : Cardinality.One;
        set => IsBatched = value == Cardinality.Many;
    }

    internal bool? ConfiguredAutoComplete { get; private set; }
}
