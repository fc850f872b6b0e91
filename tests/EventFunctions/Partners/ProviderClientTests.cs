using System.Net;
using EventFunctions.Domain;
using EventFunctions.Payments;
using EventFunctions.Resilience;
using EventFunctions.Shipping;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Partners;

public sealed class ProviderClientTests : IDisposable
{
    private static readonly Money Amount = new(12.5m, new Currency("EUR"));
    private static readonly Guid Key = new("6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01");
    private readonly StubHandler _stub = new();
    private readonly ManualTimeProvider _clock = new();

    private static ProviderOptions Options => new()
    {
        Retries = 2,
        RetryDelay = TimeSpan.FromSeconds(1),
        AttemptTimeout = TimeSpan.FromSeconds(5),
        BreakAtMinimumAttempts = 4,
        BreakAtFailureRatio = 1,
        BreakWindow = TimeSpan.FromMinutes(10),
        BreakDuration = TimeSpan.FromSeconds(30),
    };

    public void Dispose() => _stub.Dispose();

    [Fact]
    public async Task An_authorisation_is_asked_for_as_the_contract_says()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.Created, """{"authorizationId":"auth-1","status":"authorized"}""");

        var answer = await Payments().AuthorizeAsync("order-1", Amount, "tok_ok", Key, CancellationToken.None);

        Assert.Equal(new PaymentAnswer.Approved("auth-1"), answer);
        Assert.Equal(
            ("POST", "/payments/authorizations", Key.ToString("N"), """{"reference":"order-1","amount":12.50,"currency":"EUR","token":"tok_ok"}"""),
            Assert.Single(_stub.Requests));
    }

    [Theory]
    [InlineData(HttpStatusCode.PaymentRequired, "card_declined", "card-declined")]
    [InlineData(HttpStatusCode.UnprocessableEntity, "token_unknown", "token-unknown")]
    public async Task A_decline_is_an_answer_and_is_not_tried_again(HttpStatusCode status, string code, string expected)
    {
        _stub.Answer = (_, _) => StubHandler.Json(status, $$"""{"code":"{{code}}","message":"No."}""");

        var answer = await Payments().AuthorizeAsync("order-1", Amount, "tok", Key, CancellationToken.None);

        Assert.Equal(new PaymentAnswer.Declined(expected, "No."), answer);
        Assert.Single(_stub.Requests);
    }

    [Fact]
    public async Task A_failing_service_is_tried_again_with_the_same_key_and_body_until_it_answers()
    {
        _stub.Answer = (n, _) => n < 3
            ? StubHandler.Json(HttpStatusCode.InternalServerError, "{}")
            : StubHandler.Json(HttpStatusCode.OK, """{"captureId":"cap-1"}""");

        var answer = await RunAsync(Payments().CaptureAsync("auth-1", Amount, Key, CancellationToken.None));

        Assert.Equal(new PaymentAnswer.Approved("cap-1"), answer);
        Assert.Equal(3, _stub.Requests.Count);
        Assert.Equal(("POST", "/payments/authorizations/auth-1/capture", Key.ToString("N"), """{"amount":12.50}"""), Assert.Single(_stub.Requests.Distinct()));
    }

    [Fact]
    public async Task A_service_that_hangs_is_given_up_after_the_time_out_and_tried_again()
    {
        _stub.Answer = async (n, token) =>
        {
            if (n == 1)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            }

            return await StubHandler.Json(HttpStatusCode.OK, """{"refundId":"ref-1"}""");
        };

        Assert.Equal("ref-1", await RunAsync(Payments().RefundAsync("auth-1", Amount, Key, CancellationToken.None)));
        Assert.Equal(2, _stub.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_stops_in_the_middle_of_its_answer_is_given_up_and_tried_again()
    {
        _stub.Answer = (n, _) => n == 1
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StalledContent(_clock) })
            : StubHandler.Json(HttpStatusCode.OK, """{"refundId":"ref-1"}""");

        Assert.Equal("ref-1", await RunAsync(Payments().RefundAsync("auth-1", Amount, Key, CancellationToken.None)));
        Assert.Equal(2, _stub.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_reported_as_unavailable_after_all_attempts()
    {
        _stub.Answer = (_, _) => throw new HttpRequestException("connection refused");

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => RunAsync(Payments().VoidAsync("auth-1", Key, CancellationToken.None)));

        Assert.Equal(3, _stub.Requests.Count);
    }

    [Fact]
    public async Task An_answer_outside_the_contract_is_reported_as_such_and_not_tried_again()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.NotFound, """{"code":"authorization_not_found"}""");

        var exception = await Assert.ThrowsAsync<ProviderContractException>(() => Payments().VoidAsync("auth-1", Key, CancellationToken.None));

        Assert.Contains("authorization_not_found", exception.Message, StringComparison.Ordinal);
        Assert.Single(_stub.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.Conflict, false)]
    public async Task A_void_that_a_capture_came_before_is_an_answer(HttpStatusCode status, bool isVoided)
    {
        _stub.Answer = (_, _) => StubHandler.Json(status, "{}");

        Assert.Equal(isVoided, await Payments().VoidAsync("auth-1", Key, CancellationToken.None));
        Assert.Single(_stub.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    public async Task An_answer_without_what_it_should_have_breaks_the_contract(string json)
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.Created, json);

        await Assert.ThrowsAsync<ProviderContractException>(() => Payments().AuthorizeAsync("order-1", Amount, "tok", Key, CancellationToken.None));
    }

    [Fact]
    public async Task The_circuit_opens_after_enough_failures_and_closes_when_the_service_is_back()
    {
        var failing = true;
        _stub.Answer = (_, _) => failing
            ? StubHandler.Json(HttpStatusCode.ServiceUnavailable, "{}")
            : StubHandler.Json(HttpStatusCode.OK, "{}");
        var provider = Payments();
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<ProviderUnavailableException>(() => RunAsync(provider.VoidAsync("auth-1", Key, CancellationToken.None)));
        }

        var before = _stub.Requests.Count;
        Assert.Equal(4, before);
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => RunAsync(provider.VoidAsync("auth-1", Key, CancellationToken.None)));
        Assert.Equal(before, _stub.Requests.Count);

        failing = false;
        _clock.Advance(Options.BreakDuration);
        await provider.VoidAsync("auth-1", Key, CancellationToken.None);
        Assert.Equal(before + 1, _stub.Requests.Count);
    }

    [Fact]
    public async Task The_ledger_tells_what_is_held_for_an_order_and_only_for_that()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.OK, """
            {"authorizations":[
              {"authorizationId":"a1","reference":"order-0","amount":1,"currency":"EUR","captured":0,"refunded":0,"voided":true},
              {"authorizationId":"a2","reference":"order-1","amount":12.5,"currency":"EUR","captured":12.5,"refunded":2,"voided":false}],
             "totals":[]}
            """);

        Assert.Equal(new HeldPayment("a2", Amount, 12.5m, 2, IsVoided: false), await Payments().FindAsync("order-1", CancellationToken.None));
        Assert.Null(await Payments().FindAsync("order-2", CancellationToken.None));
        Assert.Equal("/payments/ledger?reference=order-1", _stub.Requests[0].Path);
    }

    [Fact]
    public async Task A_shipment_is_ordered_as_the_contract_says()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.Created, """{"carrierShipmentId":"shp-1","trackingNumber":"T1"}""");

        var answer = await Carrier().CreateAsync("order-1", new Address("A", "B 1", null, "12345", "C", "DE"), Key, CancellationToken.None);

        Assert.Equal(new CarrierAnswer.Accepted("shp-1", "T1"), answer);
        var request = Assert.Single(_stub.Requests);
        Assert.Equal(("POST", "/carrier/shipments", Key.ToString("N")), (request.Method, request.Path, request.Key));
        Assert.Contains("\"postalCode\":\"12345\"", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_without_service_is_an_answer()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.UnprocessableEntity, """{"code":"address_unserviceable"}""");

        var answer = await Carrier().CreateAsync("order-1", new Address("A", "B 1", null, "00000", "C", "DE"), Key, CancellationToken.None);

        Assert.Equal("address-unserviceable", Assert.IsType<CarrierAnswer.Refused>(answer).Code);
    }

    [Fact]
    public async Task A_shipment_that_is_called_off_is_not_found_and_one_that_is_not_can_be_called_off()
    {
        _stub.Answer = (_, _) => StubHandler.Json(HttpStatusCode.OK, """
            {"shipments":[{"carrierShipmentId":"s1","reference":"order-1","status":"cancelled"},{"carrierShipmentId":"s2","reference":"order-2","status":"dispatched"}]}
            """);

        Assert.Null(await Carrier().FindAsync("order-1", CancellationToken.None));
        Assert.Equal("s2", await Carrier().FindAsync("order-2", CancellationToken.None));
        await Carrier().CancelAsync("s2", CancellationToken.None);
        Assert.Equal(("DELETE", "/carrier/shipments/s2"), (_stub.Requests[^1].Method, _stub.Requests[^1].Path));
    }

    private HttpClient Client(string path) => new(new ResilienceHandler(ProviderPipeline.Create(Options, _clock)) { InnerHandler = _stub })
    {
        BaseAddress = new Uri($"http://partner.test/{path}/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private HttpPaymentProvider Payments() => new(Client("payments"));

    private HttpCarrier Carrier() => new(Client("carrier"));

    private async Task RunAsync(Task call) => await RunAsync(call.ContinueWith(
        t =>
        {
            t.GetAwaiter().GetResult();
            return true;
        },
        TaskScheduler.Default));

    /// <summary>Moves the clock until the call has ended: every delay and time-out in it is the clock's.</summary>
    private async Task<T> RunAsync<T>(Task<T> call)
    {
        await Eventually.HoldsAsync(
            () =>
            {
                if (!call.IsCompleted && _clock.PendingTimers > 0)
                {
                    _clock.Advance(TimeSpan.FromSeconds(1));
                }

                return call.IsCompleted;
            },
            "the call has ended");
        return await call;
    }
}
