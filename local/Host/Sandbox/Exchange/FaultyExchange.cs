using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>Runs an operation once per idempotency key, with the fault its try is due.</summary>
/// <param name="answers">What was answered before.</param>
/// <param name="options">How long slow and hanging answers take.</param>
/// <param name="timeProvider">The clock those times are measured by.</param>
/// <param name="stopping">Ends every wait.</param>
/// <typeparam name="TOperation">The service's operations.</typeparam>
internal sealed class FaultyExchange<TOperation>(AnswerBook<TOperation> answers, SandboxOptions options, TimeProvider timeProvider, CancellationToken stopping)
    where TOperation : class, IEquatable<TOperation>
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">Carries the key and tells when the client has gone.</param>
    /// <param name="operation">What is asked.</param>
    /// <param name="faultOf">The fault by number of the try, from 1.</param>
    /// <param name="effect">Does it; takes effect at most once per key.</param>
    /// <param name="then">Comes after the effect, once that is safe; what it begins has to be begun again after a restart.</param>
    public async Task<IResult> RunAsync(
        HttpContext context, TOperation operation, Func<int, Fault> faultOf, Func<Change, Answer> effect, Action? then = null)
    {
        if (context.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 and <= 255 } key])
        {
            return Answer.Refusal(400, "idempotency_key_required", "Send one Idempotency-Key header of 1 to 255 characters.").ToResult();
        }

        if (await answers.CountTryAsync(key, operation) is not { } attempt)
        {
            return Answer.Refusal(422, "idempotency_key_reused", "The Idempotency-Key belongs to another request.").ToResult();
        }

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            return await AnswerAsync(faultOf(attempt), DoAsync, gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Either nobody is there to read this any more, or the service goes away while the client waits.
            return Answer.Refusal(503, "stopping", "The sandbox stops; try again.").ToResult();
        }

        async Task<Answer> DoAsync()
        {
            var (answer, isFirst) = await answers.AnswerOnceAsync(key, effect);
            if (isFirst)
            {
                then?.Invoke();
            }

            return answer;
        }
    }

    private async Task<IResult> AnswerAsync(Fault fault, Func<Task<Answer>> act, CancellationToken gone)
    {
        switch (fault)
        {
            case Fault.Fail fail:
                return Answer.Refusal(fail.Status, "unavailable", "The service failed as the token or postal code asks.").ToResult();

            case Fault.Hang:
                var held = await act();
                await Task.Delay(options.HangTime, timeProvider, gone);
                return held.ToResult();

            case Fault.Slow:
                await Task.Delay(options.SlowAnswer, timeProvider, gone);
                return (await act()).ToResult();

            case Fault.None:
                return (await act()).ToResult();

            default:
                throw new InvalidOperationException($"There is no fault {fault}.");
        }
    }
}
