using System.Globalization;
using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;

namespace EventFunctions.Tests.Saga;

/// <summary>What the saga does when a partner or a rule says no, or says nothing.</summary>
public sealed class OrderSagaRefusalTests : IAsyncDisposable
{
    private readonly SagaWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task One_line_out_of_stock_releases_the_lines_that_were_reserved()
    {
        await _world.StartAsync("apple", "plum");
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "out-of-stock"), (result.State, result.Code));
        await _world.AssertUndoneAsync(order);
        Assert.Empty(_world.Payments.Calls);
    }

    [Fact]
    public async Task A_product_that_is_not_sold_any_more_cancels_the_order_before_anything_is_reserved()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.SendAsync(new ProductId("pear"), new DeactivateProduct());

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, OfferCheck.NotOffered), (result.State, result.Code));
        Assert.Equal(OfferCheck.NotOffered, (await _world.OrderAsync(order)).Cancellation!.Code);
        await AssertNothingWasReservedAsync(order);
    }

    [Fact]
    public async Task A_product_that_was_never_described_cancels_the_order()
    {
        await _world.Engine.StartAsync(CancellationToken.None);
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, OfferCheck.NotOffered), (result.State, result.Code));
        await AssertNothingWasReservedAsync(order);
    }

    public static TheoryData<CustomerCommand> Closings => [new DeactivateCustomer(CustomerReasons.CustomerRequest, "Goodbye."), new EraseCustomer()];

    [Theory]
    [MemberData(nameof(Closings))]
    public async Task A_customer_whose_account_is_closed_has_the_order_cancelled_before_anything_is_reserved(CustomerCommand closing)
    {
        await _world.StartAsync();
        await _world.OpenAccountAsync(closing);
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "customer-not-allowed"), (result.State, result.Code));
        Assert.Equal("customer-not-allowed", (await _world.OrderAsync(order)).Cancellation!.Code);
        await AssertNothingWasReservedAsync(order);
    }

    [Fact]
    public async Task A_customer_with_an_open_account_gets_what_was_ordered()
    {
        await _world.StartAsync();
        await _world.OpenAccountAsync(new PromoteCustomer(CustomerTier.Silver));
        var order = await _world.PlaceAsync();

        Assert.Equal(OrderSagaState.Completed, (await _world.RunAsync(order)).State);
        await _world.AssertSoldAsync(order);
    }

    [Theory]
    [InlineData("5.01", "EUR")]
    [InlineData("5.00", "USD")]
    public async Task A_price_that_is_not_the_lines_cancels_the_order_before_anything_is_reserved(string amount, string currency)
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.SendAsync(
            new ProductId("plum"),
            new UpdateProduct(new ProductName("Plum"), ProductDescription.None, new ProductCategory("fruit"), new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), new Currency(currency))));

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, OfferCheck.PriceChanged), (result.State, result.Code));
        Assert.Contains("plum", result.Reason, StringComparison.Ordinal);
        await AssertNothingWasReservedAsync(order);
    }

    [Fact]
    public async Task A_declined_card_releases_the_stock_and_records_why()
    {
        _world.Payments.DeclineAuthorization = "card-declined";
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "card-declined"), (result.State, result.Code));
        Assert.Equal("card-declined", (await _world.PaymentAsync(order)).Failure!.Code);
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task A_declined_capture_voids_the_authorisation()
    {
        _world.Payments.DeclineCapture = "capture-declined";
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "capture-declined"), (result.State, result.Code));
        Assert.True(_world.Payments.Held(order.ToString())!.IsVoided);
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task An_address_without_service_refunds_the_payment()
    {
        _world.Carrier.Refuses = true;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "address-unserviceable"), (result.State, result.Code));
        Assert.Equal(30m, _world.Payments.Held(order.ToString())!.Refunded);
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task An_authorisation_whose_answer_is_lost_is_found_and_voided()
    {
        _world.Payments.LosesAuthorizationAnswers = true;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "payment-unavailable"), (result.State, result.Code));
        Assert.True(_world.Payments.Held(order.ToString())!.IsVoided);
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task An_authorisation_that_takes_effect_after_the_first_look_is_voided_on_the_second()
    {
        _world.Payments.LosesAuthorizationAnswers = true;
        _world.Payments.ShowsFromLook = 2;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        Assert.Equal(OrderSagaState.Compensated, (await _world.RunAsync(order)).State);
        Assert.Equal(2, _world.Payments.Calls.Count(c => c == "find"));
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task A_capture_whose_answer_is_lost_is_found_recorded_and_refunded()
    {
        _world.Payments.LosesCaptureAnswers = true;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        Assert.Equal(OrderSagaState.Compensated, (await _world.RunAsync(order)).State);
        var payment = await _world.PaymentAsync(order);
        Assert.Equal((30m, 30m), (payment.Captured!.Amount, payment.Refunded!.Amount));
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task A_shipment_whose_answer_is_lost_is_found_and_called_off()
    {
        _world.Carrier.LosesAnswers = true;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.Compensated, "carrier-unavailable"), (result.State, result.Code));
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task An_undo_that_gives_up_is_visible_and_does_not_keep_the_others_from_running()
    {
        _world.Carrier.Refuses = true;
        _world.Payments.ReversalsAreDown = true;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal((OrderSagaState.CompensationFailed, "address-unserviceable"), (result.State, result.Code));
        var open = Assert.Single(result.NotUndone!);
        Assert.Equal(OrderSteps.ReversePayment, open.Step);
        Assert.Contains("the answer is lost", open.Error, StringComparison.Ordinal);
        Assert.Equal(3, _world.Payments.Calls.Count(c => c == "refund"));
        Assert.Equal(SagaWorld.InitialStock, (await _world.StockAsync("apple")).Available);
        Assert.Equal("address-unserviceable", (await _world.OrderAsync(order)).Cancellation!.Code);
    }

    [Fact]
    public async Task An_order_that_cannot_be_cancelled_any_more_for_lack_of_an_answer_is_left_to_an_operator()
    {
        _world.Dispatcher.Before = (activity, _) => activity is OrderSteps.MarkOrderShipped or OrderSteps.MarkOrderCancelled
            ? throw new StoreUnavailableException("The store is away.")
            : Task.CompletedTask;
        await _world.StartAsync();
        var order = await _world.PlaceAsync();

        var result = await _world.RunAsync(order);

        Assert.Equal(OrderSagaState.CompensationFailed, result.State);
        Assert.Contains("nothing was undone", Assert.Single(result.NotUndone!).Error, StringComparison.Ordinal);
        Assert.Equal(1, _world.Carrier.ActiveShipments);
    }

    private async Task AssertNothingWasReservedAsync(OrderId order)
    {
        foreach (var product in SagaWorld.Products)
        {
            Assert.All(await _world.EventsAsync(StockItem.StreamOf(new ProductId(product))), e => Assert.IsType<StockReplenished>(e.Data));
        }

        Assert.Empty(_world.Payments.Calls);
        await _world.AssertUndoneAsync(order);
    }
}
