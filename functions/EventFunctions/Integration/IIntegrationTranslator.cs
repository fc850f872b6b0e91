using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration;

/// <summary>Tells others what happened in one context. Pure: the same event always becomes the same contracts.</summary>
public interface IIntegrationTranslator
{
    /// <summary>The category of the context's streams.</summary>
    string Category { get; }

    /// <summary>
    /// The contracts that an event becomes, each of another type; none where it is nobody's business. Nothing in them is personal:
    /// people are named by pseudonyms alone.
    /// </summary>
    IReadOnlyList<IntegrationEvent> Translate(IDomainEvent data);
}
