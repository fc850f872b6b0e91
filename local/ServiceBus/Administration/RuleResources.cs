using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Rules of subscriptions.</summary>
internal sealed class RuleResources(EntityCatalogue catalogue, AtomFeeds feeds)
{
    /// <summary>One of them.</summary>
    /// <exception cref="AdministrationException">There is none of that name.</exception>
    public AdministrationResponse Get(AdministrationRequest request, string topic, string subscription, string name)
    {
        var rule = catalogue.GetRule(topic, subscription, name)
            ?? throw AdministrationException.NotFound($"The rule '{name}' of '{EntityPath.Subscription(topic, subscription)}'");
        return Answer(200, rule, Find(topic, subscription), request);
    }

    /// <summary>Makes or changes one.</summary>
    /// <exception cref="AdministrationException">It can't be done.</exception>
    public async Task<AdministrationResponse> PutAsync(
        AdministrationRequest request, string topic, string subscription, string name, CancellationToken cancellationToken)
    {
        var description = await Atom.ReadDescriptionAsync(request.Body, cancellationToken);
        if (description.Name.LocalName != RuleXml.Root)
        {
            throw AdministrationException.BadRequest($"A {description.Name.LocalName} describes no rule.");
        }

        var rule = RuleXml.Read(name, description) with { Name = name };
        var parent = Find(topic, subscription);
        request.Match(parent);
        return request.IsUpdate
            ? Answer(200, (await catalogue.UpdateRuleAsync(topic, subscription, rule, cancellationToken)).ThrowUnlessDone(), parent, request)
            : Answer(201, (await catalogue.CreateRuleAsync(topic, subscription, rule, cancellationToken)).ThrowUnlessDone(), parent, request);
    }

    /// <summary>Deletes one.</summary>
    /// <exception cref="AdministrationException">There is none of that name.</exception>
    public async Task<AdministrationResponse> DeleteAsync(string topic, string subscription, string name, CancellationToken cancellationToken)
    {
        (await catalogue.DeleteRuleAsync(topic, subscription, name, cancellationToken)).ThrowUnlessDone();
        return new AdministrationResponse(200, Body: null);
    }

    /// <summary>Rules of a subscription by their names.</summary>
    /// <exception cref="AdministrationException">There is no such subscription.</exception>
    public AdministrationResponse List(AdministrationRequest request, string topic, string subscription)
    {
        var parent = Find(topic, subscription);
        var page = catalogue.GetRules(topic, subscription, request.Skip, request.Top) ?? [];
        return feeds.Page(
            request, "Rules", page.Select(rule => Entry(rule, parent, feeds.Address(topic, "Subscriptions", subscription, "Rules", rule.Name))));
    }

    private EntityInfo<SubscriptionDefinition> Find(string topic, string name) =>
        catalogue.GetSubscription(topic, name) ?? throw AdministrationException.NotFound($"The messaging entity '{EntityPath.Subscription(topic, name)}'");

    private static AdministrationResponse Answer(
        int status, RuleDefinition rule, EntityInfo<SubscriptionDefinition> parent, AdministrationRequest request) =>
        AdministrationResponse.Entry(status, Entry(rule, parent, request.Address), parent.UpdatedAt);

    private static XElement Entry(RuleDefinition rule, EntityInfo<SubscriptionDefinition> parent, string address) =>
        Atom.Entry(address, rule.Name, parent.CreatedAt, parent.UpdatedAt, RuleXml.Write(rule, parent.CreatedAt));
}
