using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing.Testing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Payments;

public sealed class PaymentTests
{
    private static readonly AggregateSpecification<Payment, PaymentEvent, PaymentCommand> Payments = new(PaymentDecider.Decide, Now);

    private static readonly PaymentEvent[] Life =
    [
        new PaymentProcessing(TheOrder, Euros(20)),
        new PaymentAuthorized(TheOrder, Euros(20), "auth-1"),
        new PaymentCaptured(TheOrder, Euros(20), "cap-1"),
        new PaymentRefunded(TheOrder, Euros(20), "ref-1"),
    ];

    private static readonly PaymentFailed Failed = new(TheOrder, "card_declined", "The bank says no.");

    // "Declined" failed before anything was authorised, "Uncaptured" when capturing: there the authorisation is still held.
    private static readonly Dictionary<string, PaymentEvent[]> Histories = new()
    {
        ["None"] = [],
        ["Processing"] = Life[..1],
        ["Authorized"] = Life[..2],
        ["Captured"] = Life[..3],
        ["Refunded"] = Life[..4],
        ["Voided"] = [.. Life[..2], new PaymentVoided(TheOrder, "auth-1")],
        ["Declined"] = [Life[0], Failed],
        ["Uncaptured"] = [.. Life[..2], Failed],
    };

    private static readonly Dictionary<string, PaymentCommand> Commands = new()
    {
        ["StartPayment"] = new StartPayment(TheOrder, Euros(20)),
        ["StartPayment other"] = new StartPayment(TheOrder, Euros(21)),
        ["RecordAuthorization"] = new RecordAuthorization(Euros(20), "auth-1"),
        ["RecordAuthorization other"] = new RecordAuthorization(Euros(20), "auth-2"),
        ["RecordAuthorization less"] = new RecordAuthorization(Euros(19), "auth-1"),
        ["RecordCapture"] = new RecordCapture(Euros(20), "cap-1"),
        ["RecordCapture more"] = new RecordCapture(Euros(21), "cap-2"),
        ["RecordFailure"] = new RecordFailure("card_declined", "The bank says no."),
        ["RecordVoid"] = new RecordVoid("auth-1"),
        ["RecordVoid other"] = new RecordVoid("auth-2"),
        ["RecordRefund"] = new RecordRefund(Euros(20), "ref-1"),
        ["RecordRefund more"] = new RecordRefund(Euros(21), "ref-2"),
    };

    private static readonly DecisionTable Table = new("""
        command                   | None               | Processing               | Authorized                             | Captured                               | Refunded                        | Voided                          | Declined                 | Uncaptured
        StartPayment              | payment-processing | -                        | -                                      | -                                      | -                               | -                               | -                        | -
        StartPayment other        | payment-processing | !payment-already-started | !payment-already-started               | !payment-already-started               | !payment-already-started        | !payment-already-started        | !payment-already-started | !payment-already-started
        RecordAuthorization       | !payment-not-found | payment-authorized       | -                                      | -                                      | -                               | -                               | payment-authorized       | -
        RecordAuthorization other | !payment-not-found | payment-authorized       | !payment-authorization-mismatch        | !payment-authorization-mismatch        | !payment-authorization-mismatch | !payment-authorization-mismatch | payment-authorized       | !payment-authorization-mismatch
        RecordAuthorization less  | !payment-not-found | !payment-amount-mismatch | !payment-amount-mismatch               | !payment-amount-mismatch               | !payment-amount-mismatch        | !payment-amount-mismatch        | !payment-amount-mismatch | !payment-amount-mismatch
        RecordCapture             | !payment-not-found | !payment-not-authorized  | payment-captured                       | -                                      | -                               | !payment-voided                 | !payment-not-authorized  | payment-captured
        RecordCapture more        | !payment-not-found | !payment-not-authorized  | !payment-capture-exceeds-authorization | !payment-capture-exceeds-authorization | !payment-refunded               | !payment-voided                 | !payment-not-authorized  | !payment-capture-exceeds-authorization
        RecordFailure             | !payment-not-found | payment-failed           | payment-failed                         | !payment-captured                      | !payment-refunded               | !payment-voided                 | -                        | -
        RecordVoid                | !payment-not-found | !payment-not-authorized  | payment-voided                         | !payment-captured                      | -                               | -                               | -                        | payment-voided
        RecordVoid other          | !payment-not-found | !payment-not-authorized  | !payment-authorization-mismatch        | !payment-captured                      | !payment-authorization-mismatch | !payment-authorization-mismatch | -                        | !payment-authorization-mismatch
        RecordRefund              | !payment-not-found | !payment-not-captured    | !payment-not-captured                  | payment-refunded                       | -                               | !payment-not-captured           | !payment-not-captured    | !payment-not-captured
        RecordRefund more         | !payment-not-found | !payment-not-captured    | !payment-not-captured                  | !payment-refund-exceeds-capture        | !payment-refund-exceeds-capture | !payment-not-captured           | !payment-not-captured    | !payment-not-captured
        """);

    public static TheoryData<string, string, string> Cells => Table.Cells.ToTheoryData();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state(string command, string state, string outcome)
    {
        var past = Payments.Given(Histories[state]);
        Assert.Equal(state is "Declined" or "Uncaptured" ? "Failed" : state, past.State.Status.ToString());
        Assert.Equal(outcome, past.When(Commands[command]).InShort());
    }

    [Fact]
    public void The_table_has_every_command_and_state_and_together_with_the_cases_below_every_code()
    {
        Assert.Equal(Closed.CasesOf<PaymentCommand>(), Table.Commands.Select(c => c.Split(' ')[0]).Distinct().Order());
        Assert.Equal(Enum.GetNames<PaymentStatus>().Order(), Histories.Values.Select(h => Payments.Given(h).State.Status.ToString()).Distinct().Order());
        Assert.Equal(Histories.Keys.Order(), Table.States.Order());
        string[] below = [PaymentRejections.AmountZero, PaymentRejections.CaptureConflict, PaymentRejections.RefundConflict, PaymentRejections.TooManyTransfers];
        Assert.Equal(PaymentRejections.All.Order(), Table.Codes.Concat(below).Order());
        Assert.Equal(PaymentRejections.All, Closed.CodesOf(typeof(PaymentRejections)));
    }

    [Fact]
    public void Nothing_is_no_amount()
    {
        Payments.Given().When(new StartPayment(TheOrder, Euros(0))).ThenRefused(PaymentRejections.AmountZero);
        Payments.Given(Life[..2]).When(new RecordCapture(Euros(0), "cap-1")).ThenRefused(PaymentRejections.AmountZero);
        Payments.Given(Life[..3]).When(new RecordRefund(Euros(0), "ref-1")).ThenRefused(PaymentRejections.AmountZero);
    }

    [Fact]
    public void Another_currency_is_another_amount()
    {
        var dollars = new Money(20, Dollar);
        Payments.Given(Life[0]).When(new RecordAuthorization(dollars, "auth-1")).ThenRefused(PaymentRejections.AmountMismatch);
        Payments.Given(Life[..2]).When(new RecordCapture(dollars, "cap-1")).ThenRefused(PaymentRejections.AmountMismatch);
        Payments.Given(Life[..3]).When(new RecordRefund(dollars, "ref-1")).ThenRefused(PaymentRejections.AmountMismatch);
    }

    [Fact]
    public void The_providers_id_tells_a_repetition_from_a_contradiction()
    {
        Payments.Given(Life[..3]).When(new RecordCapture(Euros(5), "cap-1")).ThenRefused(PaymentRejections.CaptureConflict);
        Payments.Given(Life).When(new RecordRefund(Euros(5), "ref-1")).ThenRefused(PaymentRejections.RefundConflict);
    }

    [Fact]
    public void Captures_and_refunds_may_come_in_parts()
    {
        PaymentEvent[] parts = [.. Life[..2], new PaymentCaptured(TheOrder, Euros(15), "cap-1")];
        Payments.Given(parts).When(new RecordCapture(Euros(5.01m), "cap-2")).ThenRefused(PaymentRejections.CaptureTooLarge);
        Payments.Given(parts).When(new RecordCapture(Euros(5), "cap-2")).Then(new PaymentCaptured(TheOrder, Euros(5), "cap-2"));

        PaymentEvent[] refunded = [.. parts, new PaymentRefunded(TheOrder, Euros(10), "ref-1")];
        var rest = Payments.Given(refunded);
        Assert.Equal((PaymentStatus.Captured, Euros(15), Euros(10)), (rest.State.Status, rest.State.Captured, rest.State.Refunded));
        rest.When(new RecordRefund(Euros(5.01m), "ref-2")).ThenRefused(PaymentRejections.RefundTooLarge);
        rest.When(new RecordRefund(Euros(5), "ref-2")).Then(new PaymentRefunded(TheOrder, Euros(5), "ref-2"));
        Assert.Equal(PaymentStatus.Refunded, Payments.Given([.. refunded, new PaymentRefunded(TheOrder, Euros(5), "ref-2")]).State.Status);
    }

    [Fact]
    public void Parts_are_limited()
    {
        var captures = Enumerable.Range(1, Payment.MaxTransfers).Select(PaymentEvent (n) => new PaymentCaptured(TheOrder, Euros(0.01m), $"cap-{n}"));
        Payments.Given([.. Life[..2], .. captures]).When(new RecordCapture(Euros(1), "cap")).ThenRefused(PaymentRejections.TooManyTransfers);
    }

    [Fact]
    public void A_failure_that_arrives_again_after_its_void_does_nothing() =>
        Payments.Given([.. Histories["Uncaptured"], new PaymentVoided(TheOrder, "auth-1")]).When(Commands["RecordFailure"]).ThenNothing();

    [Fact]
    public void A_long_reason_is_cut() =>
        Payments.Given(Life[0]).When(new RecordFailure("why", new string('x', 600))).Then(new PaymentFailed(TheOrder, "why", new string('x', 500)));

    [Fact]
    public void Refunded_is_at_most_captured_and_captured_at_most_authorised() =>
        Prop.ForAll(
            Any.SequencesOf(Any.PaymentCommands),
            commands => Simulation<Payment, PaymentEvent>.Run(commands, PaymentDecider.Decide, Now).Steps.All(step => step.After switch
            {
                { Amount: null } payment => payment.Captures.IsEmpty && payment.Refunds.IsEmpty,
                { AuthorizationId: null } payment => payment.Captures.IsEmpty && payment.Refunds.IsEmpty,
                { Captured: { } captured, Refunded: { } refunded, Amount: { } amount } payment =>
                    !captured.Exceeds(amount) && !refunded.Exceeds(captured)
                    && (payment.Status != PaymentStatus.Voided || captured.IsZero)
                    && (payment.Status == PaymentStatus.Refunded) == (refunded == captured && !captured.IsZero),
                _ => false,
            })).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_final_stays_and_nothing_returns_to_processing() =>
        Prop.ForAll(
            Any.SequencesOf(Any.PaymentCommands),
            commands => Simulation<Payment, PaymentEvent>.Run(commands, PaymentDecider.Decide, Now).Steps.All(step => step.Before.Status switch
            {
                PaymentStatus.Voided or PaymentStatus.Refunded => ReferenceEquals(step.Before, step.After),
                PaymentStatus.None => step.After.Status is PaymentStatus.None or PaymentStatus.Processing,
                PaymentStatus.Captured => step.After.Status is PaymentStatus.Captured or PaymentStatus.Refunded,
                PaymentStatus.Processing => step.After.Status is PaymentStatus.Processing or PaymentStatus.Authorized or PaymentStatus.Failed,
                _ => step.After.Status is PaymentStatus.Authorized or PaymentStatus.Captured or PaymentStatus.Failed or PaymentStatus.Voided,
            })).QuickCheckThrowOnFailure();
}
