using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Queues and topics, which share their names.</summary>
internal sealed class EntityResources(EntityCatalogue catalogue, AtomFeeds feeds)
{
    /// <summary>One of them.</summary>
    /// <exception cref="AdministrationException">There is none of that name.</exception>
    public AdministrationResponse Get(AdministrationRequest request, string name) =>
        catalogue.GetQueue(name) is { } queue ? Answer(200, queue, request)
        : catalogue.GetTopic(name) is { } topic ? Answer(200, topic, request)
        : throw AdministrationException.NotFound($"The messaging entity '{name}'");

    /// <summary>Makes or changes one; the description says which kind it is.</summary>
    /// <exception cref="AdministrationException">It can't be done.</exception>
    public async Task<AdministrationResponse> PutAsync(AdministrationRequest request, string name, CancellationToken cancellationToken)
    {
        var description = await Atom.ReadDescriptionAsync(request.Body, cancellationToken);
        return description.Name.LocalName switch
        {
            QueueXml.Root => await PutQueueAsync(request, QueueXml.Read(name, description), cancellationToken),
            TopicXml.Root => await PutTopicAsync(request, TopicXml.Read(name, description), cancellationToken),
            var other => throw AdministrationException.BadRequest($"A {other} describes neither a queue nor a topic."),
        };
    }

    /// <summary>Deletes one with all its messages.</summary>
    /// <exception cref="AdministrationException">There is none of that name.</exception>
    public async Task<AdministrationResponse> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (catalogue.GetQueue(name) is not null)
        {
            (await catalogue.DeleteQueueAsync(name, cancellationToken)).ThrowUnlessDone();
        }
        else
        {
            (await catalogue.DeleteTopicAsync(name, cancellationToken)).ThrowUnlessDone();
        }

        return new AdministrationResponse(200, Body: null);
    }

    /// <summary>Queues by their names.</summary>
    public AdministrationResponse ListQueues(AdministrationRequest request) =>
        feeds.Page(request, "Queues", catalogue.GetQueues(request.Skip, request.Top).Select(queue => Entry(queue, feeds.Address(queue.Definition.Name))));

    /// <summary>Topics by their names.</summary>
    public AdministrationResponse ListTopics(AdministrationRequest request) =>
        feeds.Page(request, "Topics", catalogue.GetTopics(request.Skip, request.Top).Select(topic => Entry(topic, feeds.Address(topic.Definition.Name))));

    private async Task<AdministrationResponse> PutQueueAsync(AdministrationRequest request, QueueDefinition queue, CancellationToken cancellationToken)
    {
        if (!request.IsUpdate)
        {
            return Answer(201, (await catalogue.CreateQueueAsync(queue, cancellationToken)).ThrowUnlessDone(), request);
        }

        request.Match(catalogue.GetQueue(queue.Name) ?? throw AdministrationException.NotFound($"The queue '{queue.Name}'"));
        return Answer(200, (await catalogue.UpdateQueueAsync(queue, cancellationToken)).ThrowUnlessDone(), request);
    }

    private async Task<AdministrationResponse> PutTopicAsync(AdministrationRequest request, TopicDefinition topic, CancellationToken cancellationToken)
    {
        if (!request.IsUpdate)
        {
            return Answer(201, (await catalogue.CreateTopicAsync(topic, cancellationToken)).ThrowUnlessDone(), request);
        }

        request.Match(catalogue.GetTopic(topic.Name) ?? throw AdministrationException.NotFound($"The topic '{topic.Name}'"));
        return Answer(200, (await catalogue.UpdateTopicAsync(topic, cancellationToken)).ThrowUnlessDone(), request);
    }

    private static AdministrationResponse Answer(int status, EntityInfo<QueueDefinition> queue, AdministrationRequest request) =>
        AdministrationResponse.Entry(status, Entry(queue, request.Address), queue.UpdatedAt);

    private static AdministrationResponse Answer(int status, EntityInfo<TopicDefinition> topic, AdministrationRequest request) =>
        AdministrationResponse.Entry(status, Entry(topic, request.Address), topic.UpdatedAt);

    private static XElement Entry(EntityInfo<QueueDefinition> queue, string address) =>
        Atom.Entry(address, queue.Definition.Name, queue.CreatedAt, queue.UpdatedAt, QueueXml.Write(queue));

    private static XElement Entry(EntityInfo<TopicDefinition> topic, string address) =>
        Atom.Entry(address, topic.Definition.Name, topic.CreatedAt, topic.UpdatedAt, TopicXml.Write(topic));
}
