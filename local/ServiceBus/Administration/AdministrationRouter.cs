using System.Xml.Linq;
using static EventFunctions.Local.ServiceBus.Administration.DescriptionWriter;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Does what requests ask for (Azure Service Bus REST API, "Entities").</summary>
internal sealed class AdministrationRouter(ServiceBusBroker broker, Uri root, TimeProvider clock)
{
    private readonly EntityResources _entities = new(broker.Catalogue, new AtomFeeds(root, clock));
    private readonly SubscriptionResources _subscriptions = new(broker.Catalogue, new AtomFeeds(root, clock));
    private readonly RuleResources _rules = new(broker.Catalogue, new AtomFeeds(root, clock));
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <summary>Answers a request.</summary>
    /// <exception cref="AdministrationException">It is refused.</exception>
    public async Task<AdministrationResponse> AnswerAsync(AdministrationRequest request, CancellationToken cancellationToken) =>
        (request.Method, request.Path) switch
        {
            ("GET", ResourcePath.Namespace) => Namespace(request),
            ("GET", ResourcePath.Queues) => _entities.ListQueues(request),
            ("GET", ResourcePath.Topics) => _entities.ListTopics(request),
            ("GET", ResourcePath.Entity p) => _entities.Get(request, p.Name),
            ("PUT", ResourcePath.Entity p) => await _entities.PutAsync(request, p.Name, cancellationToken),
            ("DELETE", ResourcePath.Entity p) => await _entities.DeleteAsync(p.Name, cancellationToken),
            ("GET", ResourcePath.Subscriptions p) => _subscriptions.List(request, p.Topic),
            ("GET", ResourcePath.Subscription p) => _subscriptions.Get(request, p.Topic, p.Name),
            ("PUT", ResourcePath.Subscription p) => await _subscriptions.PutAsync(request, p.Topic, p.Name, cancellationToken),
            ("DELETE", ResourcePath.Subscription p) => await _subscriptions.DeleteAsync(p.Topic, p.Name, cancellationToken),
            ("GET", ResourcePath.Rules p) => _rules.List(request, p.Topic, p.Parent),
            ("GET", ResourcePath.Rule p) => _rules.Get(request, p.Topic, p.Parent, p.Name),
            ("PUT", ResourcePath.Rule p) => await _rules.PutAsync(request, p.Topic, p.Parent, p.Name, cancellationToken),
            ("DELETE", ResourcePath.Rule p) => await _rules.DeleteAsync(p.Topic, p.Parent, p.Name, cancellationToken),
            _ => throw new AdministrationException(405, $"{request.Method} is not for '{request.Address}'."),
        };

    private AdministrationResponse Namespace(AdministrationRequest request) => AdministrationResponse.Entry(
        200,
        Atom.Entry(
            request.Address,
            "local",
            _startedAt,
            _startedAt,
            new XElement(
                Atom.ServiceBus + "NamespaceInfo",
                Of("Alias", "local"),
                Of("CreatedTime", _startedAt),
                Of("MessagingSKU", "Premium"),
                Of("MessagingUnits", 1),
                Of("ModifiedTime", _startedAt),
                Of("Name", "local"),
                Of("NamespaceType", "Messaging"))),
        _startedAt);
}
