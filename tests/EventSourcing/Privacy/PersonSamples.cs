using System.Text.Json.Serialization;
using EventFunctions.Tests.Support;

namespace EventFunctions.EventSourcing.Tests.Privacy;

/// <summary>Something about a person, with marks at several depths.</summary>
public sealed record Profile(
    [property: DataSubject] string? Person,
    string Plan,
    [property: PersonalData] string? Name,
    Contact? Contact = null,
    IReadOnlyList<Note>? Notes = null,
    IReadOnlyDictionary<string, Contact>? Others = null);

public sealed record Contact([property: PersonalData] string? Phone, string Kind, Note? Remark = null);

public sealed record Note(int Number, [property: PersonalData] string? Text, IReadOnlyList<Note>? Replies = null);

/// <summary>What happens to a person.</summary>
public abstract record PersonEvent : IDomainEvent
{
    [DataSubject]
    public abstract string? Person { get; init; }

    [EventType("person-named")]
    public sealed record Named(string? Person, [property: PersonalData] string Name, string Plan) : PersonEvent;

    [EventType("person-moved")]
    public sealed record Moved(string? Person, string Plan) : PersonEvent;
}

/// <summary>A person as their events tell them.</summary>
public sealed record PersonState : IAggregate<PersonState, PersonEvent>
{
    public static string Category => "person";

    public static int StateSchema => 1;

    public static PersonState Initial { get; } = new();

    [DataSubject]
    public string? Person { get; init; }

    [PersonalData]
    public string? Name { get; init; }

    public string? Plan { get; init; }

    public PersonState Apply(PersonEvent @event) => @event switch
    {
        PersonEvent.Named named => new PersonState { Person = named.Person, Name = named.Name, Plan = named.Plan },
        PersonEvent.Moved moved => this with { Plan = moved.Plan },
        _ => throw new ArgumentOutOfRangeException(nameof(@event)),
    };
}

/// <summary>A store in memory that seals.</summary>
public sealed class SealedWorld
{
    public SealedWorld()
    {
        Keys = new InMemorySubjectKeys(Clock);
        Vault = new PersonalDataVault(Keys);
        Serializer = new EventSerializer(Registry, Vault);
        Store = new InMemoryEventStore(Serializer);
        Views = new InMemoryViewStore(Vault);
        People = new AggregateRepository<PersonState, PersonEvent>(
            Store, Registry, new AggregateRepositoryOptions(), Clock, personalData: Vault);
    }

    public static EventTypeRegistry Registry { get; } = EventTypeRegistry.FromTypes(typeof(PersonEvent.Named), typeof(PersonEvent.Moved));

    public ManualTimeProvider Clock { get; } = new();

    public InMemorySubjectKeys Keys { get; }

    public PersonalDataVault Vault { get; }

    public EventSerializer Serializer { get; }

    public InMemoryEventStore Store { get; }

    public InMemoryViewStore Views { get; }

    public AggregateRepository<PersonState, PersonEvent> People { get; }

    public Task<CommandResult<PersonState>> ExecuteAsync(StreamName stream, params PersonEvent[] events) => People.ExecuteAsync(
        stream,
        new CommandContext(new EventMetadata(
            Guid.NewGuid(), "correlation-1", User: "ann.user@example.org", ClientAddress: "203.0.113.77", UserAgent: "Annas Browser/7")),
        _ => Decision<PersonEvent>.Accept(events));
}

public sealed record Unnamed([property: PersonalData] string Name);

public sealed record TwiceNamed([property: DataSubject] string One, [property: DataSubject] string Two, [property: PersonalData] string Name);

public sealed record Aged([property: DataSubject] string Person, [property: PersonalData] DateOnly Born);

public sealed record ByParameter([DataSubject] string Person, [PersonalData] string Name);

[JsonPolymorphic]
[JsonDerivedType(typeof(Postcard), "postcard")]
[JsonDerivedType(typeof(Call), "call")]
public abstract record Message;

public sealed record Postcard([property: PersonalData] string Text) : Message;

public sealed record Call(int Minutes) : Message;

public sealed record Mailbox([property: DataSubject] string Person, IReadOnlyList<Message> Messages);
