using EventFunctions.EventSourcing;

namespace EventFunctions.Conformance.Tests;

/// <summary>What everything that finds views by what they show promises.</summary>
public abstract class ViewQueriesConformance
{
    private const string Kind = "lamp";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly ViewField Name = new("name");

    private static readonly ViewField Shelf = new("place.shelf");

    private static readonly ViewField Price = new("place.price");

    private static readonly ViewField IsLit = new("isLit");

    private static readonly Lamp[] Lamps =
    [
        new("ÄSTHETE", new Place("A", 0.1m), true),
        new("BRASS", new Place("A", 12.50m), false),
        new("brass", new Place("B", 999_999_999_999m), true),
        new("CHROME \"x\" @p1", new Place("select", 7m), false),
        new("DUST", new Place("B", 12.51m), true),
    ];

    private readonly string _partition = Guid.NewGuid().ToString("N");

    protected abstract IViewStore Store { get; }

    protected abstract IViewQueries Queries { get; }

    [Fact]
    public async Task Without_conditions_every_view_of_the_kind_in_the_partition_is_found_newest_first()
    {
        await SaveAllAsync();
        await SaveAsync(Lamps[0], 9, kind: "other");
        await Store.SaveAsync(new ViewKey(_partition + "2", "x"), Kind, View(Lamps[0], 9), null);

        Assert.Equal(Lamps.Reverse().Select(l => l.Name), await NamesAsync(new ViewQuery(_partition, Kind)));
        Assert.Equal(Lamps.Select(l => l.Name), await NamesAsync(new ViewQuery(_partition, Kind) { Descending = false }));
    }

    [Fact]
    public async Task A_view_is_found_with_its_version_and_times()
    {
        await SaveAllAsync();

        var found = await Queries.FindAsync<Lamp>(Query(new ViewCondition.IsOneOf(Name, "DUST")), 10);

        Assert.Equal(View(Lamps[4], 4), Assert.Single(found.Views));
        Assert.Null(found.Continuation);
    }

    [Fact]
    public async Task Each_condition_keeps_what_it_is_true_of_and_all_have_to_be()
    {
        await SaveAllAsync();

        Assert.Equal(["brass", "DUST"], await NamesAsync(Query(new ViewCondition.IsOneOf(Shelf, "B"))));
        Assert.Equal(["brass", "CHROME \"x\" @p1", "DUST"], await NamesAsync(Query(new ViewCondition.IsOneOf(Shelf, "B", "select", "nowhere"))));
        Assert.Equal(["ÄSTHETE", "brass", "DUST"], await NamesAsync(Query(new ViewCondition.IsTrue(IsLit))));
        Assert.Equal(["BRASS", "brass", "DUST"], await NamesAsync(Query(new ViewCondition.AtLeast(Price, 12.50m))));
        Assert.Equal(["ÄSTHETE", "BRASS", "CHROME \"x\" @p1"], await NamesAsync(Query(new ViewCondition.AtMost(Price, 12.50m))));
        Assert.Equal(["BRASS"], await NamesAsync(Query(new ViewCondition.AtLeast(Price, 12.5m), new ViewCondition.AtMost(Price, 12.5m))));
        Assert.Equal(["brass", "DUST"], await NamesAsync(Query(new ViewCondition.IsTrue(IsLit), new ViewCondition.IsOneOf(Shelf, "B"))));
    }

    [Theory]
    [InlineData("AS", "BRASS")]
    [InlineData("ras", "brass")]
    [InlineData("\"x\" @p1", "CHROME \"x\" @p1")]
    [InlineData("ÄST", "ÄSTHETE")]
    [InlineData("' OR 1=1", null)]
    [InlineData("%", null)]
    public async Task A_text_is_found_inside_another_as_it_is(string text, string? name)
    {
        await SaveAllAsync();

        Assert.Equal(name is null ? [] : [name], await NamesAsync(Query(new ViewCondition.Contains(Name, text))));
    }

    [Fact]
    public async Task A_field_that_is_missing_or_of_another_kind_fulfils_no_condition()
    {
        await SaveAllAsync();
        ViewCondition[] conditions =
        [
            new ViewCondition.IsOneOf(Price, "12.50"), new ViewCondition.IsTrue(Name), new ViewCondition.AtLeast(Name, 0), new ViewCondition.AtMost(IsLit, 1),
            new ViewCondition.Contains(Price, "1"), new ViewCondition.IsOneOf(new ViewField("missing"), "x"), new ViewCondition.IsTrue(new ViewField("name.inner")),
        ];

        foreach (var condition in conditions)
        {
            Assert.Empty(await NamesAsync(Query(condition)));
        }
    }

    [Fact]
    public async Task Views_are_sorted_by_a_text_by_code_units_or_by_a_number()
    {
        await SaveAllAsync();

        string[] byName = ["BRASS", "CHROME \"x\" @p1", "DUST", "brass", "ÄSTHETE"];
        string[] byPrice = ["ÄSTHETE", "CHROME \"x\" @p1", "BRASS", "DUST", "brass"];
        Assert.Equal(byName, await NamesAsync(All with { SortedBy = Name, Descending = false }));
        Assert.Equal(byName.Reverse(), await NamesAsync(All with { SortedBy = Name, Descending = true }));
        Assert.Equal(byPrice, await NamesAsync(All with { SortedBy = Price, Descending = false }));
        Assert.Equal(byPrice.Reverse(), await NamesAsync(All with { SortedBy = Price, Descending = true }));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(100, false)]
    public async Task Pages_have_every_view_once_also_where_many_are_equal_in_what_sorts_them(int pageSize, bool descending)
    {
        foreach (var i in Enumerable.Range(0, 7))
        {
            await SaveAsync(new Lamp($"lamp-{i}", new Place("A", i / 3), i != 3), i);
        }

        var query = Query(new ViewCondition.IsTrue(IsLit)) with { SortedBy = Price, Descending = descending };
        var found = new List<Lamp>();
        string? continuation = null;
        do
        {
            var page = await Queries.FindAsync<Lamp>(query, pageSize, continuation);
            Assert.InRange(page.Views.Count, continuation is null ? 1 : 0, pageSize);
            found.AddRange(page.Views.Select(v => v.View));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(["lamp-0", "lamp-1", "lamp-2", "lamp-4", "lamp-5", "lamp-6"], found.Select(l => l.Name).Order());
        Assert.Equal(descending ? [2, 1, 1, 0, 0, 0] : [0, 0, 0, 1, 1, 2], found.Select(l => (int)l.Place.Price));
    }

    [Fact]
    public async Task A_continuation_goes_with_the_query_that_gave_it()
    {
        await SaveAllAsync();
        var continuation = (await Queries.FindAsync<Lamp>(All, 2)).Continuation!;
        ViewQuery[] others =
        [
            Query(new ViewCondition.IsTrue(IsLit)), All with { Descending = true }, All with { SortedBy = Name },
            new ViewQuery(_partition + "2", Kind) { Descending = false },
        ];

        Assert.Equal(Lamps[2..4].Select(l => l.Name), (await Queries.FindAsync<Lamp>(All, 2, continuation)).Views.Select(v => v.View.Name));
        foreach (var other in others)
        {
            await Assert.ThrowsAsync<InvalidContinuationException>(() => Queries.FindAsync<Lamp>(other, 2, continuation));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("bm90LW91cnM")]
    public async Task A_continuation_that_no_page_gave_is_refused(string continuation) =>
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Queries.FindAsync<Lamp>(All, 2, continuation));

    [Theory]
    [InlineData(0)]
    [InlineData(ViewPage<Lamp>.MaxSize + 1)]
    public async Task A_page_has_a_size_within_its_range(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queries.FindAsync<Lamp>(All, pageSize));

    [Fact]
    public async Task A_view_that_does_not_fit_what_it_is_read_as_is_refused()
    {
        await SaveAllAsync();

        var exception = await Assert.ThrowsAsync<ViewRefusedException>(() => Queries.FindAsync<OtherLamp>(All, 10));

        Assert.Contains("rebuild the projection", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_generation_is_found_where_it_is_kept()
    {
        await SaveAllAsync();
        await new GenerationViewStore(Store, 3).SaveAsync(new ViewKey(_partition, "x"), Kind, View(Lamps[1], 1), null);

        Assert.Equal(["BRASS"], await NamesAsync(All.In(3)));
        Assert.Equal(5, (await NamesAsync(All.In(1))).Count);
    }

    private ViewQuery All => new(_partition, Kind) { Descending = false };

    private static VersionedView<Lamp> View(Lamp lamp, int number) => new(lamp, number + 1, Start.AddTicks(number), Start.AddMinutes(number));

    private ViewQuery Query(params ViewCondition[] conditions) => All with { Conditions = conditions };

    private async Task SaveAllAsync()
    {
        for (var i = 0; i < Lamps.Length; i++)
        {
            await SaveAsync(Lamps[i], i);
        }
    }

    private Task<string?> SaveAsync(Lamp lamp, int number, string kind = Kind) =>
        Store.SaveAsync(new ViewKey(_partition, $"{kind}-{number}"), kind, View(lamp, number), null);

    private async Task<IReadOnlyList<string>> NamesAsync(ViewQuery query) =>
        [.. (await Queries.FindAsync<Lamp>(query, 100)).Views.Select(v => v.View.Name)];

    private sealed record Lamp(string Name, Place Place, bool IsLit);

    private sealed record Place(string Shelf, decimal Price);

    private sealed record OtherLamp(int Name);
}
