using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;

namespace EventFunctions.Tests.Projections;

/// <summary>Documents as they are stored, put there by a test.</summary>
internal sealed class DocumentShelf : IStoredDocuments
{
    private readonly Dictionary<DocumentReference, JsonElement> _documents = [];

    public void Put(JsonElement document) => _documents[
        new DocumentReference(document.GetProperty("stream").GetString()!, document.GetProperty("id").GetString()!)] = document;

    public Task<JsonElement?> FindAsync(DocumentReference source, CancellationToken cancellationToken = default) =>
        Task.FromResult(_documents.TryGetValue(source, out var document) ? document : default(JsonElement?));
}

/// <summary>Writes down what is sent; some messages are too large for it, and it can be away.</summary>
internal sealed class CountingPublisher : IEventPublisher
{
    public List<(string Topic, string MessageId)> Sent { get; } = [];

    public Func<ServiceBusMessage, bool> IsTooLarge { get; set; } = _ => false;

    public bool IsAway { get; set; }

    public Task<IReadOnlyList<OversizedMessage>> PublishAsync(
        string topic, IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new ServiceBusException("The broker is away.", ServiceBusFailureReason.ServiceCommunicationProblem);
        }

        Sent.AddRange(messages.Where(m => !IsTooLarge(m)).Select(m => (topic, m.MessageId)));
        return Task.FromResult<IReadOnlyList<OversizedMessage>>([.. messages.Where(IsTooLarge).Select(m => new OversizedMessage(m, 262144))]);
    }
}
