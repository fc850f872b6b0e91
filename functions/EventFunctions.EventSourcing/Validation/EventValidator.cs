using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Tells what is wrong with events before they are appended: by their structure first, then by their rules.</summary>
/// <param name="registry">Knows the events and their rules.</param>
public sealed class EventValidator(EventTypeRegistry registry)
{
    /// <summary>Everything that is wrong with an event; empty if nothing is.</summary>
    /// <remarks>
    /// The structure is proven by writing the event and reading it back: a <see langword="null"/> where none may be, an
    /// undefined enumeration value, or a value that its own type does not read. An event that fails there is asked no rules.
    /// </remarks>
    public IReadOnlyList<EventProblem> Problems(IDomainEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var type = @event.GetType();
        if (!registry.Contains(type))
        {
            return [new EventProblem(EventProblem.UnknownType, new UnknownEventTypeException(type).Message)];
        }

        try
        {
            var written = JsonSerializer.SerializeToUtf8Bytes(@event, type, EventJson.Options);
            _ = JsonSerializer.Deserialize(written, type, EventJson.Options);
        }
        catch (Exception exception) when (DataMisfit.Is(exception))
        {
            return [new EventProblem(EventProblem.Structure, $"It cannot be written and read back: {exception.Message}")];
        }

        return RuleProblems(@event);
    }

    /// <summary>Everything that is wrong with an event as JSON, of whatever schema version; empty if nothing is.</summary>
    /// <param name="name">The event's name, or a former one.</param>
    /// <param name="schemaVersion">The schema version of the data. Data of an older one is upcast, and the result asked the rules.</param>
    /// <param name="data">The event's data.</param>
    public IReadOnlyList<EventProblem> Problems(string name, int schemaVersion, JsonElement data)
    {
        try
        {
            return RuleProblems(registry.ReadingOf(name, schemaVersion).Read(schemaVersion, data));
        }
        catch (UnknownEventTypeException exception)
        {
            return [new EventProblem(EventProblem.UnknownType, exception.Message)];
        }
        catch (EventFormatException exception)
        {
            return [new EventProblem(EventProblem.Structure, $"The data {exception.Message}")];
        }
    }

    /// <summary>Refuses to append events with problems.</summary>
    /// <exception cref="InvalidEventException">An event has one.</exception>
    internal void Check(StreamName stream, IEnumerable<IDomainEvent> events)
    {
        foreach (var @event in events)
        {
            if (Problems(@event) is { Count: > 0 } problems)
            {
                throw new InvalidEventException(@event.GetType(), stream, problems);
            }
        }
    }

    private List<EventProblem> RuleProblems(IDomainEvent @event) =>
        [.. registry.RulesOf(@event.GetType()).SelectMany(rules => rules.Problems(@event))];
}
