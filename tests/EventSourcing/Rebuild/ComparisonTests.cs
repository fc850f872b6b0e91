using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Tests.Rebuild;

public sealed class ComparisonTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private readonly InMemoryViewStore _views = new();

    [Fact]
    public async Task Equal_generations_are_told_by_count_and_hash_alone()
    {
        await FillAsync(1, 450);
        await FillAsync(2, 450);

        var comparison = await CompareAsync(pagesAtATime: 1);

        Assert.Equal((0, 450, comparison.Serving), (comparison.Differences, comparison.Building.Count, comparison.Building));
    }

    [Fact]
    public async Task Every_kind_of_difference_is_found_counted_and_named()
    {
        await FillAsync(1, 300);
        await FillAsync(2, 300);
        await PutAsync(1, "only-served", 1);
        await PutAsync(2, "only-built", 1);
        await PutAsync(1, "behind", 3);
        await PutAsync(2, "behind", 2);
        await PutAsync(1, "ahead", 3);
        await PutAsync(2, "ahead", 4);
        await PutAsync(1, "different", 3);
        await PutAsync(2, "different", 3, balance: 77);

        var found = await CompareAsync(pagesAtATime: 1);

        Assert.Equal((1, 1, 1, 1, 1), (found.Missing, found.Added, found.Behind, found.Ahead, found.Different));
        Assert.Equal(
            [
                new ViewDifference("p", "ahead", DifferenceKind.Ahead, 3, 4),
                new ViewDifference("p", "behind", DifferenceKind.Behind, 3, 2),
                new ViewDifference("p", "different", DifferenceKind.Different, 3, 3),
                new ViewDifference("p", "only-built", DifferenceKind.Added, null, 1),
                new ViewDifference("p", "only-served", DifferenceKind.Missing, 1, null),
            ],
            found.Samples.OrderBy(s => s.Id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_look_drops_what_has_caught_up_since()
    {
        await PutAsync(1, "moving", 2);
        await PutAsync(2, "moving", 1);
        await PutAsync(1, "different", 1);
        await PutAsync(2, "different", 1, balance: 5);
        var found = await CompareAsync();
        Assert.Equal(2, found.Differences);

        var stored = await new GenerationViewStore(_views, 2).FindAsync<WalletView>(new ViewKey("p", "moving"));
        await PutAsync(2, "moving", 2, etag: stored!.ETag);
        var again = await Comparer().LookAgainAsync(1, 2, found);

        Assert.Equal((1, "different"), (again.Differences, Assert.Single(again.Samples).Id));
    }

    [Fact]
    public async Task A_comparison_ends_when_it_has_seen_enough()
    {
        await FillAsync(1, 1500);
        await FillAsync(2, 1500, balance: 1);

        var found = await CompareAsync();

        Assert.InRange(found.Differences, GenerationComparison.MaxDifferences, 1300);
        Assert.Equal(GenerationComparison.MaxSamples, found.Samples.Count);
        await Assert.ThrowsAsync<ArgumentException>(() => Comparer().LookAgainAsync(1, 2, found));
    }

    private GenerationComparer Comparer() => new(_views, _views, TimeProvider.System);

    private async Task<GenerationComparison> CompareAsync(int pagesAtATime = 100)
    {
        var comparison = GenerationComparison.Begin;
        while (comparison.Stage != ComparisonStage.Done)
        {
            comparison = await Comparer().RunAsync("wallet", 1, 2, comparison, pagesAtATime * 200);
        }

        return comparison;
    }

    private async Task FillAsync(int generation, int count, int balance = 0)
    {
        for (var i = 0; i < count; i++)
        {
            await PutAsync(generation, $"v{i}", 1, balance);
        }
    }

    private async Task PutAsync(int generation, string id, long version, int balance = 0, string? etag = null) =>
        Assert.NotNull(await new GenerationViewStore(_views, generation).SaveAsync(
            new ViewKey("p", id),
            "wallet",
            new VersionedView<WalletView>(new WalletView(id, balance, [1]), version, Time, Time.AddTicks(version)),
            etag));
}
