using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Subscriptions of topics.</summary>
internal sealed class SubscriptionResources(EntityCatalogue catalogue, AtomFeeds feeds)
{
    /// <summary>One of them.</summary>
    /// <exception cref="AdministrationException">There is none of that name.</exception>
    public AdministrationResponse Get(AdministrationRequest request, string topic, string name) => Answer(200, Find(topic, name), request);

    /// <summary>Makes or changes one. Rules are changed by themselves.</summary>
    /// <exception cref="AdministrationException">It can't be done.</exception>
    public async Task<AdministrationResponse> PutAsync(AdministrationRequest request, string topic, string name, CancellationToken cancellationToken)
    {
        var description = await Atom.ReadDescriptionAsync(request.Body, cancellationToken);
        if (description.Name.LocalName != SubscriptionXml.Root)
        {
            throw AdministrationException.BadRequest($"A {description.Name.LocalName} describes no subscription.");
        }

        if (!request.IsUpdate)
        {
            var definition = SubscriptionXml.Read(name, description, rules: null);
            return Answer(201, (await catalogue.CreateSubscriptionAsync(topic, definition, cancellationToken)).ThrowUnlessDone(), request);
        }

        var before = Find(topic, name);
        request.Match(before);
        var changed = SubscriptionXml.Read(name, description, before.Definition.Rules);
        return Answer(200, (await catalogue.UpdateSubscriptionAsync(topic, changed, cancellationToken)).ThrowUnlessDone(), request);
    }

    /// <summary>Deletes one with all its messages.</summary>
    /// <exception cref="AdministrationException">There is none of that name.</exception>
    public async Task<AdministrationResponse> DeleteAsync(string topic, string name, CancellationToken cancellationToken)
    {
        (await catalogue.DeleteSubscriptionAsync(topic, name, cancellationToken)).ThrowUnlessDone();
        return new AdministrationResponse(200, Body: null);
    }

    /// <summary>Subscriptions of a topic by their names.</summary>
    /// <exception cref="AdministrationException">There is no such topic.</exception>
    public AdministrationResponse List(AdministrationRequest request, string topic)
    {
        var page = catalogue.GetSubscriptions(topic, request.Skip, request.Top) ?? throw AdministrationException.NotFound($"The topic '{topic}'");
        return feeds.Page(
            request, "Subscriptions", page.Select(subscription => Entry(subscription, feeds.Address(topic, "Subscriptions", subscription.Definition.Name))));
    }

    private EntityInfo<SubscriptionDefinition> Find(string topic, string name) =>
        catalogue.GetSubscription(topic, name) ?? throw AdministrationException.NotFound($"The messaging entity '{EntityPath.Subscription(topic, name)}'");

    private static AdministrationResponse Answer(int status, EntityInfo<SubscriptionDefinition> subscription, AdministrationRequest request) =>
        AdministrationResponse.Entry(status, Entry(subscription, request.Address), subscription.UpdatedAt);

    private static XElement Entry(EntityInfo<SubscriptionDefinition> subscription, string address) =>
        Atom.Entry(address, subscription.Definition.Name, subscription.CreatedAt, subscription.UpdatedAt, SubscriptionXml.Write(subscription));
}
