using System.Reflection;
using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.CatalogGenerator.Sources;

/// <summary>A function that is triggered by the messages of a subscription.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="InOrder">Whether it has sessions: the events of a stream come one after the other.</param>
/// <param name="Description">What it does.</param>
internal sealed record Subscriber(string Function, string Topic, string Subscription, bool InOrder, string Description)
{
    /// <summary>The subscribers of a function app, ordered by name.</summary>
    public static IReadOnlyList<Subscriber> In(Assembly app, ISchemaTexts texts) =>
    [
        .. from type in app.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<ServiceBusTriggerAttribute>()).FirstOrDefault(t => t is not null)
           where function is not null && trigger?.SubscriptionName is not null
           orderby function.Name
           select new Subscriber(function.Name, trigger.TopicName!, trigger.SubscriptionName!, trigger.IsSessionsEnabled, TextOf(type, texts)),
    ];

    private static string TextOf(Type type, ISchemaTexts texts) =>
        texts.OfType(type) ?? throw new CatalogException($"Nothing is written about {type.Name}. Give the class a summary.");
}
