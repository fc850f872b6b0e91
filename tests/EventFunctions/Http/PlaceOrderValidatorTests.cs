using System.Globalization;
using EventFunctions.Composition;
using EventFunctions.Domain.Ordering;
using EventFunctions.Http;
using EventFunctions.Ordering.Api;

namespace EventFunctions.Tests.Http;

public sealed class PlaceOrderValidatorTests
{
    private static readonly AddressRequest Address = new("A. Buyer", "Street 1", null, "12345", "Town", "DE");
    private static readonly AddressRequest NotRecorded =
        new(Domain.Address.NotRecorded.Name, Domain.Address.NotRecorded.Line1, null, "1", Domain.Address.NotRecorded.City, Domain.Address.NotRecorded.Country);

    private static readonly PlaceOrderRequest Valid = new("customer-1", "EUR", "tok_ok", Address, [new OrderLineRequest("apple", 2, 5.25m)]);

    public static TheoryData<PlaceOrderRequest, string> Invalid => new()
    {
        { Valid with { CustomerId = null }, "customerId" },
        { Valid with { CustomerId = "" }, "customerId" },
        { Valid with { CustomerId = "a b" }, "customerId" },
        { Valid with { CustomerId = new string('a', 65) }, "customerId" },
        { Valid with { Currency = null }, "currency" },
        { Valid with { Currency = "eur" }, "currency" },
        { Valid with { Currency = "XXX" }, "currency" },
        { Valid with { PaymentToken = null }, "paymentToken" },
        { Valid with { PaymentToken = "two words" }, "paymentToken" },
        { Valid with { ShippingAddress = null }, "shippingAddress" },
        { Valid with { ShippingAddress = Address with { Name = " " } }, "shippingAddress.name" },
        { Valid with { ShippingAddress = Address with { Line1 = null } }, "shippingAddress.line1" },
        { Valid with { ShippingAddress = Address with { Line2 = new string('x', 101) } }, "shippingAddress.line2" },
        { Valid with { ShippingAddress = Address with { PostalCode = "" } }, "shippingAddress.postalCode" },
        { Valid with { ShippingAddress = Address with { City = "Town\n" + "x\ny" } }, "shippingAddress.city" },
        { Valid with { ShippingAddress = Address with { Country = "Germany" } }, "shippingAddress.country" },
        { Valid with { ShippingAddress = NotRecorded }, "shippingAddress.country" },
        { Valid with { Lines = null }, "lines" },
        { Valid with { Lines = [] }, "lines" },
        { Valid with { Lines = Lines(91) }, "lines" },
        { Valid with { Lines = [null] }, "lines[0]" },
        { Valid with { Lines = [.. Lines(3), new OrderLineRequest("p", 0, 1)] }, "lines[3].quantity" },
        { Valid with { Lines = [new OrderLineRequest("p", -1, 1)] }, "lines[0].quantity" },
        { Valid with { Lines = [new OrderLineRequest("p", 2.5m, 1)] }, "lines[0].quantity" },
        { Valid with { Lines = [new OrderLineRequest("p", 1_000_001, 1)] }, "lines[0].quantity" },
        { Valid with { Lines = [new OrderLineRequest("p", null, 1)] }, "lines[0].quantity" },
        { Valid with { Lines = [new OrderLineRequest("p/q", 1, 1)] }, "lines[0].productId" },
        { Valid with { Lines = [new OrderLineRequest(null, 1, 1)] }, "lines[0].productId" },
        { Valid with { Lines = [new OrderLineRequest("p", 1, null)] }, "lines[0].unitPrice" },
        { Valid with { Lines = [new OrderLineRequest("p", 1, -0.01m)] }, "lines[0].unitPrice" },
        { Valid with { Lines = [new OrderLineRequest("p", 1, 1.005m)] }, "lines[0].unitPrice" },
        { Valid with { Currency = "JPY", Lines = [new OrderLineRequest("p", 1, 1.5m)] }, "lines[0].unitPrice" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void One_thing_wrong_is_reported_under_its_own_path_and_nothing_else_is(PlaceOrderRequest request, string field)
    {
        var problem = Assert.Throws<ProblemException>(() => new PlaceOrderValidator().Check(request)).Problem;

        Assert.Equal(400, problem.Status);
        Assert.Equal([field], problem.Errors!.Keys);
        Assert.All(problem.Errors[field], m => Assert.Matches("^[A-Z].*\\.$", m));
    }

    [Fact]
    public void Everything_wrong_is_reported_at_once()
    {
        var request = new PlaceOrderRequest(
            null, "nope", null, new AddressRequest(null, null, null, null, null, null), [new OrderLineRequest(null, 0, -1), new OrderLineRequest("p", 1, 1), null]);

        var problem = Assert.Throws<ProblemException>(() => new PlaceOrderValidator().Check(request)).Problem;

        Assert.Equal(
            new[]
            {
                "currency", "customerId", "lines[0].productId", "lines[0].quantity", "lines[0].unitPrice", "lines[2]", "paymentToken",
                "shippingAddress.city", "shippingAddress.country", "shippingAddress.line1", "shippingAddress.name", "shippingAddress.postalCode",
            },
            problem.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    public void A_valid_order_passes_and_becomes_a_command(int lines)
    {
        var request = Valid with { Lines = Lines(lines) };

        new PlaceOrderValidator().Check(request);

        var command = request.ToCommand(new Domain.OrderId(Guid.NewGuid()), new OrderingOptions());
        Assert.Equal(lines, command.Lines.Count);
        Assert.Equal("DE", command.ShippingAddress.Country);
    }

    [Theory]
    [InlineData("1000", "EUR", false)]
    [InlineData("999.99", "EUR", true)]
    [InlineData("1", "USD", false)]
    public void An_order_above_the_amount_of_its_currency_needs_a_review(string above, string currency, bool needsReview)
    {
        var options = new OrderingOptions { ReviewAbove = new Dictionary<string, decimal> { [currency] = decimal.Parse(above, CultureInfo.InvariantCulture) }, Flow = OrderFlow.Choreography };
        var request = Valid with { Currency = "EUR", Lines = [new OrderLineRequest("p", 10, 100)] };

        var command = request.ToCommand(new Domain.OrderId(Guid.NewGuid()), options);

        Assert.Equal((needsReview, OrderFlow.Choreography), (command.NeedsReview, command.Flow));
    }

    private static List<OrderLineRequest?> Lines(int count) => [.. Enumerable.Range(0, count).Select(i => new OrderLineRequest($"p{i}", 1, 1))];
}
