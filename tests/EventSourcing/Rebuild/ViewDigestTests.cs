using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EventSourcing.Tests.Rebuild;

public sealed class ViewDigestTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_order_and_the_pages_do_not_matter_and_every_view_does() => Prop.ForAll<int[], byte>((balances, cut) =>
    {
        var views = balances.Select((b, i) => View($"v{i}", b)).ToList();
        var half = views.Count == 0 ? 0 : cut % views.Count;
        var digest = ViewDigest.Empty.Add(views);

        Assert.Equal(digest, ViewDigest.Empty.Add([.. views[half..]]).Add([.. Enumerable.Reverse(views[..half])]));
        Assert.NotEqual(digest, digest.Add([View("one-more", 1)]));
        if (views.Count > 0)
        {
            Assert.NotEqual(digest, ViewDigest.Empty.Add([.. views[1..], View("v0", unchecked(balances[0] + 1))]));
            Assert.NotEqual(digest, ViewDigest.Empty.Add([.. views[1..], View("v0", balances[0], version: 9)]));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_views_of_one_hash_do_not_cancel_each_other_out() =>
        Assert.NotEqual(ViewDigest.Empty.Hash, ViewDigest.Empty.Add([View("v", 1), View("v", 1)]).Hash);

    [Theory]
    [InlineData("""{"a":1,"b":[1,{"x":null,"y":"ü"}]}""", """{ "b":[1,{"y":"\u00fc","x":null}], "a":1 }""")]
    [InlineData("""{"a":12.50}""", """{"a":12.5}""")]
    public void Texts_that_mean_the_same_have_one_hash(string one, string other)
    {
        Assert.Equal(ViewDigest.Empty.Add([View("v", one)]), ViewDigest.Empty.Add([View("v", other)]));
        Assert.True(ViewDigest.AreSame(View("v", one).Current, View("v", other).Current));
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":1.5}""", """{"a":1.51}""")]
    [InlineData("""{"a":null}""", "{}")]
    public void Texts_that_mean_something_else_do_not(string one, string other)
    {
        Assert.NotEqual(ViewDigest.Empty.Add([View("v", one)]), ViewDigest.Empty.Add([View("v", other)]));
        Assert.False(ViewDigest.AreSame(View("v", one).Current, View("v", other).Current));
    }

    private static ScannedView View(string id, int balance, long version = 1) =>
        new(new ViewKey("p", id), new VersionedView<RawJson>(RawJson.Of(new WalletView(id, balance, [1])), version, Time, Time));

    private static ScannedView View(string id, string json) =>
        new(new ViewKey("p", id), new VersionedView<RawJson>(RawJson.Of(JsonDocument.Parse(json).RootElement), 1, Time, Time));
}
