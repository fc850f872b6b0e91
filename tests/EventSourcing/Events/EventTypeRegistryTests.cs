using System.Text.Json.Nodes;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Tests.Events;

public sealed class EventTypeRegistryTests
{
    [Fact]
    public void Every_name_an_event_may_be_stored_under_is_told_the_present_one_first()
    {
        Assert.Equal(["money-added", "money-put-in"], WalletFixtures.Registry.StoredNamesOf("money-added"));
        Assert.Equal(["money-taken"], WalletFixtures.Registry.StoredNamesOf("money-taken"));
        Assert.Empty(WalletFixtures.Registry.StoredNamesOf("money-put-in"));
    }

    [Fact]
    public void Types_are_found_by_type_and_by_name_and_version()
    {
        var info = WalletFixtures.Registry.Get(typeof(WalletEvent.Added));

        Assert.Equal(new EventTypeInfo("money-added", 2, typeof(WalletEvent.Added)), info);
        Assert.Same(info, WalletFixtures.Registry.Get("money-added", 2));
        Assert.Equal(["money-added", "money-taken", "wallet-opened"], WalletFixtures.Registry.Types.Select(t => t.Name));
    }

    [Theory]
    [InlineData("money-added", 0)]
    [InlineData("money-added", 3)]
    [InlineData("money-put-in", 3)]
    [InlineData("Money-Added", 2)]
    [InlineData("nothing", 1)]
    public void An_unknown_name_or_version_is_an_error(string name, int version)
    {
        var exception = Assert.Throws<UnknownEventTypeException>(() => WalletFixtures.Registry.Get(name, version));

        Assert.Equal((name, version), (exception.Name, exception.SchemaVersion));
    }

    [Fact]
    public void An_unregistered_type_is_an_error() =>
        Assert.Throws<UnknownEventTypeException>(() => WalletFixtures.Registry.Get(typeof(Unnamed)));

    [Theory]
    [InlineData(typeof(Unnamed), "has no [EventType]")]
    [InlineData(typeof(UpperCase), "named 'OrderPlaced'")]
    [InlineData(typeof(DoubleHyphen), "named 'order--placed'")]
    [InlineData(typeof(TrailingLine), "lower-case words")]
    [InlineData(typeof(VersionZero), "schema version 0")]
    [InlineData(typeof(NoEvent), "is no IDomainEvent")]
    [InlineData(typeof(Structure), "concrete, non-generic class")]
    [InlineData(typeof(Open<>), "concrete, non-generic class")]
    [InlineData(typeof(WalletEvent), "concrete, non-generic class")]
    public void A_type_that_cannot_be_stored_is_named_with_its_fault(Type type, string fault)
    {
        var exception = Assert.Throws<EventTypeRegistryException>(() => EventTypeRegistry.FromTypes(type));

        var problem = Assert.Single(exception.Problems);
        Assert.Contains(type.FullName!, problem, StringComparison.Ordinal);
        Assert.Contains(fault, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_types_of_one_name_are_both_named_whatever_their_versions()
    {
        var exception = Assert.Throws<EventTypeRegistryException>(() => EventTypeRegistry.FromTypes(
            typeof(Doubled), typeof(DoubledAgain), typeof(Succeeded), typeof(Successor), typeof(SucceededUpcaster)));

        Assert.Equal(
            [
                $"'doubled' is the name of {typeof(Doubled).FullName} (version 1) and {typeof(DoubledAgain).FullName} (version 1)",
                $"'succeeded' is the name of {typeof(Succeeded).FullName} (version 1) and {typeof(Successor).FullName} (version 2)",
            ],
            exception.Problems.Select(problem => problem.Split(';')[0]));
    }

    [Fact]
    public void An_assembly_is_searched_to_the_end_and_every_fault_reported()
    {
        var exception = Assert.Throws<EventTypeRegistryException>(() => EventTypeRegistry.FromAssemblies(GetType().Assembly));

        Type[] faulty = [typeof(Unnamed), typeof(UpperCase), typeof(VersionZero), typeof(NoEvent), typeof(Structure), typeof(Open<>), typeof(Doubled)];
        Assert.All(faulty, type => Assert.Contains(exception.Problems, p => p.Contains(type.FullName!, StringComparison.Ordinal)));
        Assert.DoesNotContain(exception.Problems, p => p.Contains(typeof(WalletEvent.Taken).FullName!, StringComparison.Ordinal));
    }

    private sealed record Unnamed : IDomainEvent;

    [EventType("OrderPlaced")]
    private sealed record UpperCase : IDomainEvent;

    [EventType("order--placed")]
    private sealed record DoubleHyphen : IDomainEvent;

    [EventType("order-placed\n")]
    private sealed record TrailingLine : IDomainEvent;

    [EventType("version-zero", 0)]
    private sealed record VersionZero : IDomainEvent;

    [EventType("no-event")]
    private sealed record NoEvent;

    private readonly record struct Structure : IDomainEvent;

    [EventType("open")]
    private sealed record Open<T>(T Value) : IDomainEvent;

    [EventType("doubled")]
    private sealed record Doubled : IDomainEvent;

    [EventType("doubled")]
    private sealed record DoubledAgain : IDomainEvent;

    [EventType("succeeded")]
    private sealed record Succeeded : IDomainEvent;

    [EventType("succeeded", 2)]
    private sealed record Successor : IDomainEvent;

    [RetiredEvent("succeeded", 1)]
    private sealed record SucceededV1;

    private sealed class SucceededUpcaster : IEventUpcaster
    {
        public Type Shape => typeof(SucceededV1);

        public JsonObject Upcast(JsonObject data) => data;
    }
}
