using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EventSourcing.Tests.Serialization;

public sealed class EventTimeTests
{
    [Theory]
    [InlineData("2026-03-01T10:00:00Z", "2026-03-01T10:00:00+00:00")]
    [InlineData("2026-03-01T10:00:00.2500000Z", "2026-03-01T10:00:00.25+00:00")]
    [InlineData("2026-03-01T12:30:00.0000001+02:30", "2026-03-01T10:00:00.0000001+00:00")]
    public void A_time_is_written_in_UTC_with_the_decimals_it_needs(string time, string text) =>
        Assert.Equal(text, EventTime.TextOf(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_text_of_a_time_is_the_one_that_is_stored_with_an_event() =>
        Prop.ForAll(Times(), time =>
        {
            var stream = WalletFixtures.NewStream();
            var document = WalletFixtures.Serializer.Write(WalletFixtures.Envelope(stream, 1, new WalletEvent.Added(1), time));
            return JsonSerializer.SerializeToElement(document, EventJson.Options).GetProperty("time").GetString() == EventTime.TextOf(time);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Texts_stand_in_the_order_of_their_times() =>
        Prop.ForAll(Times(), Times(), (a, b) =>
            Math.Sign(string.CompareOrdinal(EventTime.TextOf(a), EventTime.TextOf(b))) == Math.Sign(a.CompareTo(b)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    /// <summary>Times in any offset that lie close together in ticks, in whole seconds or anywhere, so that decimals of every length meet.</summary>
    private static Arbitrary<DateTimeOffset> Times()
    {
        var origin = new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc).Ticks;
        var ticks = Gen.OneOf(
            Gen.Choose(0, 20).Select(i => origin + i),
            Gen.Choose(0, 2000).Select(i => origin + (i * 10_000L)),
            Gen.Choose(0, 100).Select(i => origin + (i * TimeSpan.TicksPerSecond / 10)),
            Gen.Choose(0, int.MaxValue).Select(i => 1_000_000_000_000_000 + (i * 1_000_000_003L % 2_000_000_000_000_000_000L)));
        var offsets = Gen.Choose(-14 * 60, 14 * 60).Select(minutes => TimeSpan.FromMinutes(minutes));
        return ticks.SelectMany(t => offsets.Select(o => new DateTimeOffset(t, TimeSpan.Zero).ToOffset(o))).ToArbitrary();
    }
}
