using EventFunctions.Local.Host.Sandbox.Exchange;
using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Payments;

/// <summary>The payment provider's books.</summary>
internal sealed class PaymentLedger(SandboxBooks books)
{
    private readonly Table<Authorization> _authorizations = books.Table<Authorization>("authorizations");
    private readonly Table<LastNumber> _numbers = books.Table<LastNumber>("payment numbers");

    /// <summary>The card of an authorisation, if there is such an authorisation.</summary>
    public string? TokenOf(string authorizationId) => books.Read(() => _authorizations.Find(authorizationId)?.Token);

    /// <summary>Decides on an operation, books it, and tells the answer.</summary>
    public Answer Book(Change change, PaymentOperation operation)
    {
        var number = (_numbers.Find(LastNumber.Key)?.Value ?? 0) + 1;
        var current = IdOf(operation) is { } id ? _authorizations.Find(id) : null;
        switch (PaymentRules.Decide(current, operation, $"auth_{number:D8}"))
        {
            case PaymentOutcome.Done done:
                change.Put(_numbers, LastNumber.Key, new LastNumber(number));
                change.Put(_authorizations, done.Next.AuthorizationId, done.Next);
                return AnswerTo(operation, done.Next, number);

            case PaymentOutcome.Declined declined:
                return new Answer(402, new { declined.Code, declined.Message });

            case PaymentOutcome.Refused refused:
                return Answer.Refusal(refused.Status, refused.Code, refused.Detail);

            case var other:
                throw new InvalidOperationException($"There is no outcome {other}.");
        }
    }

    /// <summary>The books as they are now.</summary>
    /// <param name="reference">Only what has this reference, if not <see langword="null"/>.</param>
    public LedgerStatement State(string? reference)
    {
        var lines = books.Read(() => _authorizations.Rows.Where(held => reference is null || held.Reference == reference).Select(LedgerLine.Of).ToList());
        var totals = lines
            .GroupBy(line => line.Currency, StringComparer.Ordinal)
            .Select(group => new LedgerTotal(group.Key, group.Count(), group.Sum(line => line.Captured), group.Sum(line => line.Refunded)))
            .ToList();
        return new LedgerStatement(lines, totals);
    }

    private static string? IdOf(PaymentOperation operation) => operation switch
    {
        PaymentOperation.Authorize => null,
        PaymentOperation.Capture capture => capture.AuthorizationId,
        PaymentOperation.Void letGo => letGo.AuthorizationId,
        PaymentOperation.Refund refund => refund.AuthorizationId,
        _ => throw new InvalidOperationException($"There is no operation {operation}."),
    };

    private static Answer AnswerTo(PaymentOperation operation, Authorization next, long number) => operation switch
    {
        PaymentOperation.Authorize => new Answer(201, new { next.AuthorizationId, Status = "authorized" }),
        PaymentOperation.Capture => new Answer(200, new { CaptureId = $"cap_{number:D8}" }),
        PaymentOperation.Void => new Answer(200, new { }),
        PaymentOperation.Refund => new Answer(200, new { RefundId = $"ref_{number:D8}" }),
        _ => throw new InvalidOperationException($"There is no operation {operation}."),
    };

    /// <summary>The number of the last operation that was done: ids are made of it.</summary>
    private sealed record LastNumber(long Value)
    {
        public const string Key = "last";
    }
}
