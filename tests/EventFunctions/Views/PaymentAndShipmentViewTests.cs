using EventFunctions.Domain;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Payments.Views;
using EventFunctions.Projections;
using EventFunctions.Shipping.Views;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Views;

/// <summary>The views hold what the aggregates do, however often and in whatever order events arrive.</summary>
public sealed class PaymentAndShipmentViewTests
{
    private static readonly Currency Euro = new("EUR");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_payment_shows_what_was_taken_and_given_back(int seed)
    {
        PaymentEvent[] history =
        [
            new PaymentProcessing(SampleOrder, new Money(30m, Euro)),
            new PaymentAuthorized(SampleOrder, new Money(30m, Euro), "auth-1"),
            new PaymentCaptured(SampleOrder, new Money(10m, Euro), "cap-1"),
            new PaymentCaptured(SampleOrder, new Money(20m, Euro), "cap-2"),
            new PaymentRefunded(SampleOrder, new Money(5m, Euro), "ref-1"),
        ];
        var given = new ProjectionSpecification<PaymentView>(new PaymentViewProjection(), Registry).Given(Payment.StreamOf(SampleOrder), history);

        var view = (await given.WhenAllArriveShuffled(copies: 3, seed).ViewAsync()).View;

        var state = history.Aggregate(Payment.Initial, (p, e) => p.Apply(e));
        Assert.Equal((state.Status, state.Amount, state.Captured, state.Refunded), (view.Status, view.Amount, view.Captured, view.Refunded));
        Assert.Equal(["cap-1", "cap-2"], view.Captures.Select(c => c.Id));
        Assert.Equal([new PaymentTransfer("ref-1", new Money(5m, Euro), given.History[4].Time)], view.Refunds);
        Assert.Equal((5L, given.History[0].Time, given.History[4].Time), (view.Version, view.StartedAt, view.UpdatedAt));
    }

    [Fact]
    public async Task A_payment_of_which_all_is_given_back_is_refunded_and_one_that_failed_says_why()
    {
        var specification = new ProjectionSpecification<PaymentView>(new PaymentViewProjection(), Registry);
        var amount = new Money(30m, Euro);
        var begun = new PaymentProcessing(SampleOrder, amount);
        var refunded = specification.Given(
            Payment.StreamOf(SampleOrder),
            begun,
            new PaymentAuthorized(SampleOrder, amount, "a"),
            new PaymentCaptured(SampleOrder, amount, "c"),
            new PaymentRefunded(SampleOrder, amount, "r"));
        var failed = specification.Given(Payment.StreamOf(SampleOrder), begun, new PaymentFailed(SampleOrder, "card_declined", "No."));

        Assert.Equal(PaymentStatus.Refunded, (await refunded.WhenAllArrive().ViewAsync()).View.Status);
        var view = (await failed.WhenAllArrive().ViewAsync()).View;
        Assert.Equal((PaymentStatus.Failed, new PaymentFailure("card_declined", "No.")), (view.Status, view.Failure));
    }

    [Fact]
    public async Task A_shipment_shows_its_number_and_its_times()
    {
        var arrived = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
        var given = new ProjectionSpecification<ShipmentView>(new ShipmentViewProjection(), Registry).Given(
            Shipment.StreamOf(SampleOrder),
            new ShipmentCreated(SampleOrder, "carrier-1", "T1", new Address("Ada", "1 Analytical Way", null, "10115", "Berlin", "DE")),
            new ShipmentDispatched(SampleOrder),
            new ShipmentDelivered(SampleOrder, arrived));

        var stored = await given.WhenAllArriveShuffled(copies: 2, seed: 7).ViewAsync();

        Assert.Equal(
            (ShipmentStatus.Delivered, "carrier-1", "T1", (DateTimeOffset?)arrived, (DateTimeOffset?)given.History[1].Time),
            (stored.View.Status, stored.View.CarrierShipmentId, stored.View.TrackingNumber, stored.View.DeliveredAt, stored.View.DispatchedAt));
        Assert.DoesNotContain("Analytical", System.Text.Json.JsonSerializer.Serialize(stored.View, EventJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_what_fits_passes_on_over_pages_without_any_and_finds_every_view_once()
    {
        var views = new InMemoryViewStore();
        for (var i = 0; i < 40; i++)
        {
            var at = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero).AddMinutes(i);
            await views.SaveAsync(new ViewKey("p", $"v{i}"), "kind", new VersionedView<Numbered>(new Numbered(i), 1, at, at), etag: null);
        }

        var pages = new FilteredViewPages<Numbered>(views, "p", "kind");
        var (found, asked, continuation) = (new List<int>(), 0, (string?)null);
        do
        {
            var (page, next) = await pages.ReadAsync(v => v.Number % 20 == 0, pageSize: 2, continuation, CancellationToken.None);
            Assert.True(page.Count <= 2);
            found.AddRange(page.Select(v => v.Number));
            (continuation, asked) = (next, asked + 1);
        }
        while (continuation is not null);

        Assert.Equal([20, 0], found);
        Assert.InRange(asked, 2, 4);
    }

    private sealed record Numbered(int Number);
}
