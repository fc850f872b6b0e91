using EventFunctions.Local.Host.Sandbox.Exchange;
using EventFunctions.Local.Host.Sandbox.Payments;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.Host.Tests.Sandbox;

public sealed class PaymentRulesTests
{
    private static readonly Authorization Held = new("auth_1", "order-1", 100m, "EUR", "tok_ok");

    [Theory]
    [InlineData("tok_declined", "card_declined")]
    [InlineData("tok_insufficient", "insufficient_funds")]
    public void An_authorisation_of_a_bad_card_is_declined(string token, string code)
    {
        var outcome = PaymentRules.Decide(null, new PaymentOperation.Authorize("order-1", 10m, "EUR", token), "auth_1");

        Assert.Equal(code, Assert.IsType<PaymentOutcome.Declined>(outcome).Code);
    }

    [Fact]
    public void An_authorisation_of_an_unknown_card_is_refused() =>
        AssertRefused(422, "token_unknown", null, new PaymentOperation.Authorize("order-1", 10m, "EUR", "tok_of_nobody"));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_amount_is_zero_or_less(int amount)
    {
        AssertRefused(422, "amount_invalid", null, new PaymentOperation.Authorize("order-1", amount, "EUR", "tok_ok"));
        AssertRefused(422, "amount_invalid", Held, new PaymentOperation.Capture("auth_1", amount));
        AssertRefused(422, "amount_invalid", Held with { Captured = 100m }, new PaymentOperation.Refund("auth_1", amount));
    }

    [Fact]
    public void Nothing_can_be_done_with_an_authorisation_that_there_is_not()
    {
        AssertRefused(404, "authorization_not_found", null, new PaymentOperation.Capture("auth_9", 1m));
        AssertRefused(404, "authorization_not_found", null, new PaymentOperation.Void("auth_9"));
        AssertRefused(404, "authorization_not_found", null, new PaymentOperation.Refund("auth_9", 1m));
    }

    [Fact]
    public void No_more_is_captured_than_was_authorised()
    {
        var half = Done(Held, new PaymentOperation.Capture("auth_1", 60m));

        Assert.Equal(60m, half.Captured);
        AssertRefused(409, "capture_exceeds_authorization", half, new PaymentOperation.Capture("auth_1", 40.01m));
        Assert.Equal(100m, Done(half, new PaymentOperation.Capture("auth_1", 40m)).Captured);
    }

    [Fact]
    public void No_more_is_refunded_than_was_captured()
    {
        AssertRefused(409, "refund_exceeds_capture", Held, new PaymentOperation.Refund("auth_1", 1m));
        AssertRefused(409, "refund_exceeds_capture", Held with { Captured = 60m, Refunded = 50m }, new PaymentOperation.Refund("auth_1", 10.01m));
        Assert.Equal(60m, Done(Held with { Captured = 60m, Refunded = 50m }, new PaymentOperation.Refund("auth_1", 10m)).Refunded);
    }

    [Fact]
    public void Only_an_uncaptured_authorisation_is_voided_and_it_is_the_end_of_it()
    {
        AssertRefused(409, "authorization_captured", Held with { Captured = 1m }, new PaymentOperation.Void("auth_1"));
        var voided = Done(Held, new PaymentOperation.Void("auth_1"));
        Assert.True(voided.Voided);
        AssertRefused(409, "authorization_voided", voided, new PaymentOperation.Capture("auth_1", 1m));
        AssertRefused(409, "authorization_voided", voided, new PaymentOperation.Void("auth_1"));
    }

    [Fact]
    public void The_capture_of_one_kind_of_card_is_declined_though_its_authorisation_is_not()
    {
        var held = Done(null, new PaymentOperation.Authorize("order-1", 10m, "EUR", "tok_capture_declined"));

        Assert.IsType<PaymentOutcome.Declined>(PaymentRules.Decide(held, new PaymentOperation.Capture("auth_1", 10m), "x"));
        Assert.True(Done(held, new PaymentOperation.Void("auth_1")).Voided);
    }

    [Fact]
    public void Faults_follow_the_card_the_operation_and_the_number_of_the_try()
    {
        var authorize = new PaymentOperation.Authorize("order-1", 10m, "EUR", "any");
        var capture = new PaymentOperation.Capture("auth_1", 10m);

        Assert.Equal([new Fault.Fail(500), new Fault.Fail(500), new Fault.None()], Tries("tok_flaky", capture));
        Assert.Equal([new Fault.Hang(), new Fault.None(), new Fault.None()], Tries("tok_timeout", authorize));
        Assert.Equal([new Fault.Slow(), new Fault.Slow(), new Fault.Slow()], Tries("tok_slow", authorize));
        Assert.Equal([new Fault.None(), new Fault.None(), new Fault.None()], Tries("tok_slow", capture));
        Assert.Equal([new Fault.Fail(503), new Fault.Fail(503), new Fault.Fail(503)], Tries("tok_down", authorize));
        Assert.Equal([new Fault.None(), new Fault.None(), new Fault.None()], Tries("tok_ok", authorize));
    }

    [Fact]
    public void Whatever_is_asked_in_whatever_order_refunded_stays_below_captured_and_captured_below_authorised()
    {
        var operation = Gen.Choose(-5, 120).SelectMany(amount => Gen.Elements<PaymentOperation>(
            new PaymentOperation.Capture("auth_1", amount), new PaymentOperation.Refund("auth_1", amount), new PaymentOperation.Void("auth_1")));
        Prop.ForAll(Gen.ListOf(operation).ToArbitrary(), operations =>
        {
            var held = Held;
            foreach (var asked in operations)
            {
                held = PaymentRules.Decide(held, asked, "x") is PaymentOutcome.Done done ? done.Next : held;
            }

            return held.Refunded >= 0 && held.Refunded <= held.Captured && held.Captured <= held.Amount && !(held.Voided && held.Captured > 0);
        }).QuickCheckThrowOnFailure();
    }

    private static Fault[] Tries(string token, PaymentOperation operation) =>
        [.. Enumerable.Range(1, 3).Select(attempt => PaymentRules.FaultOf(token, operation, attempt))];

    private static Authorization Done(Authorization? current, PaymentOperation operation) =>
        Assert.IsType<PaymentOutcome.Done>(PaymentRules.Decide(current, operation, "auth_1")).Next;

    private static void AssertRefused(int status, string code, Authorization? current, PaymentOperation operation)
    {
        var refused = Assert.IsType<PaymentOutcome.Refused>(PaymentRules.Decide(current, operation, "auth_1"));
        Assert.Equal((status, code), (refused.Status, refused.Code));
    }
}
