using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.Conformance.Tests;

/// <summary>What every view store promises of views that are written together.</summary>
public abstract class ViewGroupsConformance
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly string _partition = Guid.NewGuid().ToString("N");

    protected abstract IViewStore Store { get; }

    [Fact]
    public async Task Views_are_created_and_replaced_together()
    {
        Assert.NotNull(await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("a", 1)], [Write("b", 1), Write("c", 1)]));
        Assert.NotNull(await Store.SaveTogetherAsync<WalletView, WalletView>(
            _partition, [Write("a", 2, await TokenOfAsync("a"))], [Write("c", 2, await TokenOfAsync("c")), Write("d", 2)]));

        Assert.Equal([2L, 1L, 2L, 2L], await VersionsOfAsync("a", "b", "c", "d"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public async Task Where_another_writer_came_first_to_one_of_them_none_is_written(string contended)
    {
        await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("a", 1)], [Write("b", 1)]);
        var (a, b) = (await TokenOfAsync("a"), await TokenOfAsync("b"));
        await Store.SaveAsync(new ViewKey(_partition, contended), "wallet", Write(contended, 5).View, contended == "a" ? a : b);

        Assert.Null(await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("a", 2, a)], [Write("b", 2, b), Write("c", 2)]));

        Assert.Equal(contended == "a" ? [5L, 1L, null] : [1L, 5L, null], await VersionsOfAsync("a", "b", "c"));
    }

    [Fact]
    public async Task One_that_exists_is_not_created_again_and_one_that_does_not_is_not_replaced()
    {
        await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("a", 1)], [Write("b", 1)]);
        var token = await TokenOfAsync("a");

        Assert.Null(await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("x", 1)], [Write("b", 9)]));
        Assert.Null(await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("x", 1)], [Write("y", 9, token)]));

        Assert.Equal([1L, 1L, null, null], await VersionsOfAsync("a", "b", "x", "y"));
    }

    [Fact]
    public async Task Each_token_is_the_one_the_view_is_read_with_and_serves_for_the_next_write()
    {
        var tokens = await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("a", 1), Write("b", 1)], [Write("c", 1)]);

        Assert.Equal([await TokenOfAsync("a"), await TokenOfAsync("b"), await TokenOfAsync("c")], tokens);
        Assert.NotNull(await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("b", 2, tokens![1])], [Write("c", 2, tokens[2])]));
        Assert.Equal([1L, 2L, 2L], await VersionsOfAsync("a", "b", "c"));
    }

    [Fact]
    public async Task They_are_listed_by_their_own_kinds()
    {
        await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("a", 1) with { Kind = "part" }], [Write("b", 1), Write("c", 1)]);

        Assert.Equal(2, (await Store.ListAsync<WalletView>(_partition, "wallet", 10)).Views.Count);
        Assert.Single((await Store.ListAsync<WalletView>(_partition, "part", 10)).Views);
    }

    [Fact]
    public async Task A_hundred_are_written_together_and_no_more()
    {
        var others = Enumerable.Range(1, 99).Select(i => Write($"w{i}", 1)).ToList();

        Assert.NotNull(await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("w0", 1)], others));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [], []));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("x", 1)], [.. others, Write("y", 1)]));

        Assert.Equal(100, (await Store.ListAsync<WalletView>(_partition, "wallet", 100)).Views.Count);
    }

    [Fact]
    public async Task Of_several_writers_with_the_same_tokens_just_one_succeeds()
    {
        await Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("a", 1)], [Write("b", 1)]);
        var (a, b) = (await TokenOfAsync("a"), await TokenOfAsync("b"));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(() => Store.SaveTogetherAsync<WalletView, WalletView>(_partition, [Write("a", 2 + i, a)], [Write("b", 2 + i, b)]))));

        Assert.Single(results, tokens => tokens is not null);
        var versions = await VersionsOfAsync("a", "b");
        Assert.Equal(versions[0], versions[1]);
    }

    private static ViewWrite<WalletView> Write(string id, long version, string? etag = null) =>
        new(id, "wallet", new VersionedView<WalletView>(new WalletView(id, 0, []), version, Start, Start), etag);

    private async Task<string> TokenOfAsync(string id) => (await Store.FindAsync<WalletView>(new ViewKey(_partition, id)))!.ETag;

    private async Task<List<long?>> VersionsOfAsync(params string[] ids)
    {
        var versions = new List<long?>();
        foreach (var id in ids)
        {
            versions.Add((await Store.FindAsync<WalletView>(new ViewKey(_partition, id)))?.Current.Version);
        }

        return versions;
    }
}
