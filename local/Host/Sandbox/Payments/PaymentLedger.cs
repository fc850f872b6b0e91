using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Payments;

/// <summary>The payment provider's books. They live as long as the process.</summary>
internal sealed class PaymentLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Authorization> _authorizations = new(StringComparer.Ordinal);
    private long _lastNumber;

    /// <summary>The card of an authorisation, if there is such an authorisation.</summary>
    public string? TokenOf(string authorizationId)
    {
        lock (_gate)
        {
            return _authorizations.GetValueOrDefault(authorizationId)?.Token;
        }
    }

    /// <summary>Decides on an operation, books it, and tells the answer.</summary>
    public Answer Book(PaymentOperation operation)
    {
        lock (_gate)
        {
            var number = ++_lastNumber;
            var current = IdOf(operation) is { } id ? _authorizations.GetValueOrDefault(id) : null;
            switch (PaymentRules.Decide(current, operation, $"auth_{number:D8}"))
            {
                case PaymentOutcome.Done done:
                    _authorizations[done.Next.AuthorizationId] = done.Next;
                    return AnswerTo(operation, done.Next, number);

                case PaymentOutcome.Declined declined:
                    return new Answer(402, new { declined.Code, declined.Message });

                case PaymentOutcome.Refused refused:
                    return Answer.Refusal(refused.Status, refused.Code, refused.Detail);

                case var other:
                    throw new InvalidOperationException($"There is no outcome {other}.");
            }
        }
    }

    /// <summary>The books as they are now.</summary>
    /// <param name="reference">Only what has this reference, if not <see langword="null"/>.</param>
    public LedgerStatement State(string? reference)
    {
        lock (_gate)
        {
            var lines = _authorizations.Values.Where(held => reference is null || held.Reference == reference).Select(LedgerLine.Of).ToList();
            var totals = lines
                .GroupBy(line => line.Currency, StringComparer.Ordinal)
                .Select(group => new LedgerTotal(group.Key, group.Count(), group.Sum(line => line.Captured), group.Sum(line => line.Refunded)))
                .ToList();
            return new LedgerStatement(lines, totals);
        }
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
}
