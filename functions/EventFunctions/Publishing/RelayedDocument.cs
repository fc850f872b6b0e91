using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;

namespace EventFunctions.Publishing;

/// <summary>What becomes of a document of the change feed.</summary>
public abstract record RelayedDocument
{
    private RelayedDocument()
    {
    }

    /// <summary>It is not an event: the head of a stream changes with every append.</summary>
    public sealed record Skipped : RelayedDocument;

    /// <summary>It is published.</summary>
    /// <param name="Topic">Where.</param>
    /// <param name="Message">As what.</param>
    /// <param name="Source">Which document it is, should the broker find it too large.</param>
    /// <param name="Event">The event in it.</param>
    public sealed record Publishable(string Topic, ServiceBusMessage Message, DocumentReference Source, EventEnvelope Event) : RelayedDocument;

    /// <summary>It cannot be published, now or later, for its own sake.</summary>
    /// <param name="Source">Which document it is.</param>
    /// <param name="Code">Stable: <c>unreadable</c>, <c>unknown-type</c> or <c>unknown-category</c>.</param>
    /// <param name="Reason">For a person.</param>
    public sealed record Unpublishable(DocumentReference Source, string Code, string Reason) : RelayedDocument;
}
