using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing.Tests.Versioning;

/// <summary>What keeps a program from starting, because streams could hold what it cannot read.</summary>
public sealed class UpcasterRulesTests
{
    [Fact]
    public void Every_version_without_an_upcaster_is_named()
    {
        var problems = ProblemsOf(typeof(Third));

        Assert.Equal(2, problems.Count);
        Assert.Contains("'third' has version 3", problems[0], StringComparison.Ordinal);
        Assert.Contains("no upcaster from version 1 to 2", problems[0], StringComparison.Ordinal);
        Assert.Contains("no upcaster from version 2 to 3", problems[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(From1), "from version 2 to 3")]
    [InlineData(typeof(From2), "from version 1 to 2")]
    public void A_chain_with_a_gap_is_refused(Type only, string missing) =>
        Assert.Contains(missing, Assert.Single(ProblemsOf(typeof(Third), only)), StringComparison.Ordinal);

    [Fact]
    public void Two_upcasters_from_one_version_are_both_named()
    {
        var problem = Assert.Single(ProblemsOf(typeof(Third), typeof(From1), typeof(From2), typeof(From2Again)));

        Assert.Contains("Version 2 of 'third'", problem, StringComparison.Ordinal);
        Assert.Contains(typeof(From2).FullName!, problem, StringComparison.Ordinal);
        Assert.Contains(typeof(From2Again).FullName!, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(FromNewest), "version 3 of 'third', whose newest version is 3")]
    [InlineData(typeof(FromBeyond), "version 7 of 'third', whose newest version is 3")]
    [InlineData(typeof(FromNowhere), "'nowhere', and no event has that name")]
    [InlineData(typeof(FromAlias), "must carry the present name 'third'")]
    [InlineData(typeof(WithoutShape), "it has none")]
    [InlineData(typeof(WithUnmarkedShape), "has no [RetiredEvent]")]
    [InlineData(typeof(WithLiveShape), "is an IDomainEvent")]
    [InlineData(typeof(WithAbstractShape), "concrete, non-generic class to describe")]
    [InlineData(typeof(WithVersionZero), "schema version 0")]
    [InlineData(typeof(WithMalformedName), "named 'The-Third'")]
    [InlineData(typeof(WithParameter), "constructor without parameters")]
    [InlineData(typeof(Half), "constructor without parameters")]
    [InlineData(typeof(Generic<>), "constructor without parameters")]
    public void An_upcaster_that_leads_nowhere_is_named_with_its_fault(Type upcaster, string fault)
    {
        var problem = Assert.Single(ProblemsOf(typeof(Third), typeof(From1), typeof(From2), upcaster));

        Assert.Contains(upcaster.FullName!, problem, StringComparison.Ordinal);
        Assert.Contains(fault, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Orphan), "no upcaster upcasts from it")]
    [InlineData(typeof(LiveShape), "is an IDomainEvent")]
    public void A_retired_shape_that_serves_nothing_is_named_with_its_fault(Type shape, string fault)
    {
        var problem = Assert.Single(ProblemsOf(typeof(Third), typeof(From1), typeof(From2), shape));

        Assert.Contains(shape.FullName!, problem, StringComparison.Ordinal);
        Assert.Contains(fault, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(AliasOfName), "'third', which is the name of an event")]
    [InlineData(typeof(AliasOfItself), "'alias-of-itself', which is the name of an event")]
    [InlineData(typeof(AliasOfAlias), "'old-third' is an alias more than once")]
    [InlineData(typeof(MalformedAlias), "the alias 'Old'")]
    public void An_alias_that_could_mean_two_things_is_refused(Type type, string fault)
    {
        var problem = Assert.Single(ProblemsOf(typeof(Third), typeof(From1), typeof(From2), type));

        Assert.Contains(type.FullName!, problem, StringComparison.Ordinal);
        Assert.Contains(fault, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complete_chain_is_registered_with_every_version_shape_and_alias()
    {
        var registry = EventTypeRegistry.FromTypes(typeof(From2), typeof(Third), typeof(From1), typeof(ThirdV1));

        Assert.Equal(new EventTypeInfo("third", 3, typeof(Third)), Assert.Single(registry.Types));
        Assert.Equal(
            [("third", 1, typeof(ThirdV1), false), ("third", 2, typeof(ThirdV2), false), ("third", 3, typeof(Third), true)],
            registry.Versions.Select(v => (v.Name, v.SchemaVersion, v.Shape, v.IsNewest)));
        Assert.All(registry.Versions, v => Assert.Equal(["old-third", "older-third"], v.Aliases));
        Assert.All(
            registry.Versions.SelectMany(v => v.Aliases.Append(v.Name).Select(name => registry.Get(name, v.SchemaVersion))),
            found => Assert.Same(registry.Types[0], found));
    }

    [Fact]
    public void Abstract_upcasters_are_passed_over_when_an_assembly_is_searched()
    {
        var exception = Assert.Throws<EventTypeRegistryException>(() => EventTypeRegistry.FromAssemblies(GetType().Assembly));

        Assert.Contains(exception.Problems, p => p.Contains(typeof(WithParameter).FullName!, StringComparison.Ordinal));
        Assert.DoesNotContain(exception.Problems, p => p.Contains(typeof(Half).FullName!, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> ProblemsOf(params Type[] types) =>
        Assert.Throws<EventTypeRegistryException>(() => EventTypeRegistry.FromTypes(types)).Problems;

    [EventType("third", 3)]
    [EventTypeAlias("older-third")]
    [EventTypeAlias("old-third")]
    private sealed record Third(int Value) : IDomainEvent;

    [RetiredEvent("third", 1)]
    private sealed record ThirdV1(int A);

    [RetiredEvent("third", 2)]
    private sealed record ThirdV2(int B);

    [RetiredEvent("third", 3)]
    private sealed record ThirdV3;

    [RetiredEvent("third", 7)]
    private sealed record ThirdV7;

    [RetiredEvent("nowhere", 1)]
    private sealed record NowhereV1;

    [RetiredEvent("old-third", 1)]
    private sealed record OldThirdV1;

    [RetiredEvent("third", 2)]
    private sealed record Orphan;

    [RetiredEvent("third", 1)]
    private sealed record LiveShape : IDomainEvent;

    [RetiredEvent("third", 1)]
    private abstract record AbstractShape;

    [RetiredEvent("third", 0)]
    private sealed record VersionZero;

    [RetiredEvent("The-Third", 1)]
    private sealed record MalformedName;

    [EventType("alias-of-name")]
    [EventTypeAlias("third")]
    private sealed record AliasOfName : IDomainEvent;

    [EventType("alias-of-itself")]
    [EventTypeAlias("alias-of-itself")]
    private sealed record AliasOfItself : IDomainEvent;

    [EventType("alias-of-alias")]
    [EventTypeAlias("old-third")]
    private sealed record AliasOfAlias : IDomainEvent;

    [EventType("malformed-alias")]
    [EventTypeAlias("Old")]
    private sealed record MalformedAlias : IDomainEvent;

    private abstract class Half(Type? shape) : IEventUpcaster
    {
        public Type Shape { get; } = shape!;

        public JsonObject Upcast(JsonObject data) => data;
    }

    private sealed class From1() : Half(typeof(ThirdV1));

    private sealed class From2() : Half(typeof(ThirdV2));

    private sealed class From2Again() : Half(typeof(ThirdV2));

    private sealed class FromNewest() : Half(typeof(ThirdV3));

    private sealed class FromBeyond() : Half(typeof(ThirdV7));

    private sealed class FromNowhere() : Half(typeof(NowhereV1));

    private sealed class FromAlias() : Half(typeof(OldThirdV1));

    private sealed class WithoutShape() : Half(null);

    private sealed class WithUnmarkedShape() : Half(typeof(string));

    private sealed class WithLiveShape() : Half(typeof(LiveShape));

    private sealed class WithAbstractShape() : Half(typeof(AbstractShape));

    private sealed class WithVersionZero() : Half(typeof(VersionZero));

    private sealed class WithMalformedName() : Half(typeof(MalformedName));

    private sealed class WithParameter(int number) : Half(typeof(ThirdV1))
    {
        public int Number { get; } = number;
    }

    private sealed class Generic<T>() : Half(typeof(T));
}
