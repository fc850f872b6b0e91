using System.Collections.Concurrent;
using EventFunctions.Domain;
using EventFunctions.Payments;
using EventFunctions.Resilience;

namespace EventFunctions.Tests.Saga;

/// <summary>A payment provider with books: each key takes effect once, and every rule of the real one holds.</summary>
internal sealed class FakePaymentProvider : IPaymentProvider, IPaymentReversal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, PaymentAnswer> _answers = [];
    private readonly Dictionary<Guid, string> _refunds = [];
    private readonly HashSet<Guid> _voids = [];
    private readonly Dictionary<string, HeldPayment> _byReference = new(StringComparer.Ordinal);
    private int _finds;
    private Action? _underWay;

    /// <summary>Declines authorisations with this code.</summary>
    public string? DeclineAuthorization { get; set; }

    /// <summary>Declines captures with this code.</summary>
    public string? DeclineCapture { get; set; }

    /// <summary>Authorises, but never answers.</summary>
    public bool LosesAuthorizationAnswers { get; set; }

    /// <summary>Captures, but never answers while set.</summary>
    public bool LosesCaptureAnswers { get; set; }

    /// <summary>An authorisation without an answer shows only from this look on: it was still under way.</summary>
    public int ShowsFromLook { get; set; } = 1;

    /// <summary>Refunds and voids get no answer and have no effect.</summary>
    public bool ReversalsAreDown { get; set; }

    /// <summary>Refunds, but does not answer, so often.</summary>
    public int RefundAnswersToLose { get; set; }

    /// <summary>Captures stay under way, without an answer, until somebody voids.</summary>
    public bool CapturesArriveWithTheVoid { get; set; }

    /// <summary>Happens while an authorisation is on its way to the provider.</summary>
    public Func<Task> WhileAuthorizing { get; set; } = () => Task.CompletedTask;

    public ConcurrentQueue<string> Calls { get; } = [];

    public HeldPayment? Held(string reference) => _byReference.GetValueOrDefault(reference);

    public async Task<PaymentAnswer> AuthorizeAsync(string reference, Money amount, string token, Guid key, CancellationToken cancellationToken)
    {
        Calls.Enqueue("authorize");
        await WhileAuthorizing();
        return await AuthorizeNowAsync(reference, amount, key);
    }

    public Task<PaymentAnswer> CaptureAsync(string authorizationId, Money amount, Guid key, CancellationToken cancellationToken)
    {
        Calls.Enqueue("capture");
        lock (_gate)
        {
            if (CapturesArriveWithTheVoid)
            {
                _underWay = () => _ = CaptureAsync(authorizationId, amount, key, CancellationToken.None);
                return Lost<PaymentAnswer>("capture");
            }

            if (!_answers.TryGetValue(key, out var answer))
            {
                if (DeclineCapture is { } code)
                {
                    answer = new PaymentAnswer.Declined(code, "The card was declined after all.");
                }
                else
                {
                    Change(authorizationId, held => held.IsVoided || held.Captured + amount.Amount > held.Authorized.Amount
                        ? throw new ProviderContractException("Fake", "capture", "409")
                        : held with { Captured = held.Captured + amount.Amount });
                    answer = new PaymentAnswer.Approved($"cap-{_answers.Count}");
                }

                _answers.Add(key, answer);
            }

            return LosesCaptureAnswers ? Lost<PaymentAnswer>("capture") : Task.FromResult(answer);
        }
    }

    public Task<HeldPayment?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        Calls.Enqueue("find");
        lock (_gate)
        {
            // Whoever looks has waited for an answer long enough: from now on the provider answers again.
            LosesCaptureAnswers = false;
            return Task.FromResult(++_finds < ShowsFromLook ? null : Held(reference));
        }
    }

    public Task<bool> VoidAsync(string authorizationId, Guid key, CancellationToken cancellationToken)
    {
        Calls.Enqueue("void");
        lock (_gate)
        {
            if (ReversalsAreDown)
            {
                return Lost<bool>("void");
            }

            CapturesArriveWithTheVoid = false;
            _underWay?.Invoke();
            _underWay = null;
            if (_voids.Contains(key))
            {
                return Task.FromResult(true);
            }

            var isCaptured = false;
            Change(authorizationId, held => (isCaptured = held.Captured > 0) ? held : held with { IsVoided = true });
            if (!isCaptured)
            {
                _voids.Add(key);
            }

            return Task.FromResult(!isCaptured);
        }
    }

    public Task<string> RefundAsync(string authorizationId, Money amount, Guid key, CancellationToken cancellationToken)
    {
        Calls.Enqueue("refund");
        lock (_gate)
        {
            if (ReversalsAreDown)
            {
                return Lost<string>("refund");
            }

            if (!_refunds.TryGetValue(key, out var id))
            {
                Change(authorizationId, held => held.Refunded + amount.Amount > held.Captured
                    ? throw new ProviderContractException("Fake", "refund", "409")
                    : held with { Refunded = held.Refunded + amount.Amount });
                _refunds.Add(key, id = $"ref-{_refunds.Count}");
            }

            if (RefundAnswersToLose > 0)
            {
                RefundAnswersToLose--;
                return Lost<string>("refund");
            }

            return Task.FromResult(id);
        }
    }

    private static Task<T> Lost<T>(string operation) =>
        Task.FromException<T>(new ProviderUnavailableException("The fake provider", operation, "the answer is lost"));

    private Task<PaymentAnswer> AuthorizeNowAsync(string reference, Money amount, Guid key)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(key, out var answer))
            {
                if (DeclineAuthorization is { } code)
                {
                    answer = new PaymentAnswer.Declined(code, "The card was declined.");
                }
                else
                {
                    var id = $"auth-{_answers.Count}";
                    _byReference.Add(reference, new HeldPayment(id, amount, 0, 0, IsVoided: false));
                    answer = new PaymentAnswer.Approved(id);
                }

                _answers.Add(key, answer);
            }

            return LosesAuthorizationAnswers ? Lost<PaymentAnswer>("authorize") : Task.FromResult(answer);
        }
    }

    private void Change(string authorizationId, Func<HeldPayment, HeldPayment> change)
    {
        var (reference, held) = _byReference.Single(p => p.Value.AuthorizationId == authorizationId);
        _byReference[reference] = change(held);
    }
}
