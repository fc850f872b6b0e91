using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.EventSourcing.Tests.Versioning;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Validation;

public sealed class EventValidatorTests
{
    private static readonly EventTypeRegistry Ruled = EventTypeRegistry.FromTypes(
        typeof(WalletEvent.Opened), typeof(WalletEvent.Added), typeof(WalletEvent.Taken), typeof(MoneyAddedV1Upcaster), typeof(Rules), typeof(Thrift));

    private readonly EventValidator _validator = new(Ruled);

    [Fact]
    public void An_event_that_breaks_no_rule_has_no_problems() => Assert.Empty(_validator.Problems(new WalletEvent.Added(1)));

    [Fact]
    public void Every_rule_for_an_event_or_for_its_hierarchy_is_asked() =>
        Assert.Equal(
            [new EventProblem("no-debt", "-2000 is negative."), new EventProblem("note", "Large sums need a note."), new EventProblem("thrift", "Too much.")],
            _validator.Problems(new WalletEvent.Added(-2000)).OrderBy(p => p.Rule, StringComparer.Ordinal));

    [Fact]
    public void A_rule_is_asked_for_its_own_events_alone() => Assert.Empty(_validator.Problems(new WalletEvent.Taken(-2000)));

    [Fact]
    public void What_could_not_be_read_back_is_a_problem_of_structure_and_asks_no_rules()
    {
        IDomainEvent[] broken = [new WalletEvent.Opened(null!, WalletKind.Shared), new WalletEvent.Opened("ann", (WalletKind)99)];

        Assert.All(broken, e => Assert.Equal(EventProblem.Structure, Assert.Single(_validator.Problems(e)).Rule));
    }

    [Fact]
    public void An_event_that_is_not_registered_is_a_problem() =>
        Assert.Equal(EventProblem.UnknownType, Assert.Single(_validator.Problems(new Journey("ann", []))).Rule);

    [Theory]
    [InlineData("money-added", 2, """{"amount":1}""", null)]
    [InlineData("money-added", 1, """{"sum":1}""", null)]
    [InlineData("money-put-in", 1, """{"sum":1}""", null)]
    [InlineData("money-added", 2, """{"amount":-1}""", "no-debt")]
    [InlineData("money-put-in", 1, """{"sum":-1}""", "no-debt")]
    [InlineData("money-added", 1, """{"amount":1}""", "structure")]
    [InlineData("money-added", 2, """{"amount":"1,5"}""", "structure")]
    [InlineData("money-added", 2, "null", "structure")]
    [InlineData("money-added", 3, """{"amount":1}""", "unknown-type")]
    [InlineData("money-burnt", 1, """{"amount":1}""", "unknown-type")]
    public void JSON_of_every_version_is_checked_as_the_event_it_reads_as(string name, int version, string data, string? rule)
    {
        var problems = _validator.Problems(name, version, JsonDocument.Parse(data).RootElement);

        Assert.Equal(rule is null ? [] : [rule], problems.Select(p => p.Rule));
        Assert.All(problems, p => Assert.False(string.IsNullOrWhiteSpace(p.Message)));
    }

    [Fact]
    public void Data_that_is_not_there_is_a_problem_of_structure() =>
        Assert.Equal(EventProblem.Structure, Assert.Single(_validator.Problems("money-added", 2, default)).Rule);

    [Fact]
    public async Task A_decision_that_breaks_a_rule_is_a_bug_and_writes_nothing()
    {
        var store = new InMemoryEventStore(new EventSerializer(Ruled));
        var repository = new AggregateRepository<Wallet, WalletEvent>(store, Ruled, new AggregateRepositoryOptions(), TimeProvider.System);
        var stream = NewStream();
        await repository.ExecuteAsync(stream, Command(), w => Wallet.Add(w, 5));

        var exception = await Assert.ThrowsAsync<InvalidEventException>(() => repository.ExecuteAsync(stream, Command(), w => Wallet.Add(w, 1, -7)));
        Assert.Contains("Added", exception.Message, StringComparison.Ordinal);
        Assert.Contains(stream.Value, exception.Message, StringComparison.Ordinal);
        Assert.Contains("-7 is negative. (no-debt)", exception.Message, StringComparison.Ordinal);
        Assert.Equal("no-debt", Assert.Single(exception.Problems).Rule);

        await repository.ExecuteAsync(stream, Command(), w => Wallet.Add(w, 2));
        Assert.Equal([5, 2], (await store.EventsAsync(stream)).Select(e => Assert.IsType<WalletEvent.Added>(e.Data).Amount));
    }

    [Fact]
    public async Task A_history_that_breaks_a_rule_is_read_all_the_same()
    {
        var store = new InMemoryEventStore(Serializer);
        var stream = NewStream();
        await Repository(store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, -7));

        var stored = Serializer.Write(Assert.Single(await store.EventsAsync(stream)));

        Assert.Equal(new WalletEvent.Added(-7), new EventSerializer(Ruled).Read(stored).Data);
        Assert.Single(new EventValidator(Ruled).Problems(stored.Type, stored.SchemaVersion, stored.Data));
    }

    [Theory]
    [InlineData(typeof(ForNothing), "no event of that type is registered")]
    [InlineData(typeof(WithParameter), "constructor without parameters")]
    [InlineData(typeof(Unfinished), "constructor without parameters")]
    public void Rules_that_cannot_be_asked_are_named_with_their_fault(Type rules, string fault)
    {
        var exception = Assert.Throws<EventTypeRegistryException>(
            () => EventTypeRegistry.FromTypes(typeof(WalletEvent.Opened), typeof(WalletEvent.Taken), rules));

        var problem = Assert.Single(exception.Problems);
        Assert.Contains(rules.FullName!, problem, StringComparison.Ordinal);
        Assert.Contains(fault, problem, StringComparison.Ordinal);
    }

    private sealed class Rules : IEventRules<WalletEvent>, IEventRules<WalletEvent.Added>
    {
        public IEnumerable<EventProblem> Problems(WalletEvent @event) =>
            @event is WalletEvent.Added { Amount: < 0 } added ? [new EventProblem("no-debt", $"{added.Amount} is negative.")] : [];

        public IEnumerable<EventProblem> Problems(WalletEvent.Added @event) =>
            Math.Abs(@event.Amount) > 1000 && @event.Note is null ? [new EventProblem("note", "Large sums need a note.")] : [];
    }

    private sealed class Thrift : IEventRules<WalletEvent.Added>
    {
        public IEnumerable<EventProblem> Problems(WalletEvent.Added @event) =>
            Math.Abs(@event.Amount) > 1000 ? [new EventProblem("thrift", "Too much.")] : [];
    }

    private sealed class ForNothing : IEventRules<WalletEvent.Added>
    {
        public IEnumerable<EventProblem> Problems(WalletEvent.Added @event) => [];
    }

    private sealed class WithParameter(string message) : IEventRules<WalletEvent>
    {
        public IEnumerable<EventProblem> Problems(WalletEvent @event) => [new EventProblem("always", message)];
    }

    private abstract class Unfinished : IEventRules<WalletEvent>
    {
        public abstract IEnumerable<EventProblem> Problems(WalletEvent @event);
    }
}
