namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>Runs an operation once per idempotency key, with the fault its try is due.</summary>
/// <param name="options">How long slow and hanging answers take.</param>
/// <param name="timeProvider">The clock those times are measured by.</param>
/// <param name="stopping">Ends every wait.</param>
/// <typeparam name="TOperation">The service's operations.</typeparam>
internal sealed class FaultyExchange<TOperation>(SandboxOptions options, TimeProvider timeProvider, CancellationToken stopping)
    where TOperation : class, IEquatable<TOperation>
{
    private readonly AnswerBook<TOperation> _book = new();

    /// <summary>Answers a request.</summary>
    /// <param name="context">Carries the key and tells when the client has gone.</param>
    /// <param name="operation">What is asked.</param>
    /// <param name="faultOf">The fault by number of the try, from 1.</param>
    /// <param name="effect">Does it; called at most once per key.</param>
    public async Task<IResult> RunAsync(HttpContext context, TOperation operation, Func<int, Fault> faultOf, Func<Answer> effect)
    {
        if (context.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 and <= 255 } key])
        {
            return Answer.Refusal(400, "idempotency_key_required", "Send one Idempotency-Key header of 1 to 255 characters.").ToResult();
        }

        if (_book.CountTry(key, operation) is not { } attempt)
        {
            return Answer.Refusal(422, "idempotency_key_reused", "The Idempotency-Key belongs to another request.").ToResult();
        }

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            return await AnswerAsync(key, faultOf(attempt), effect, gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Either nobody is there to read this any more, or the service goes away while the client waits.
            return Answer.Refusal(503, "stopping", "The sandbox stops; try again.").ToResult();
        }
    }

    private async Task<IResult> AnswerAsync(string key, Fault fault, Func<Answer> effect, CancellationToken gone)
    {
        switch (fault)
        {
            case Fault.Fail fail:
                return Answer.Refusal(fail.Status, "unavailable", "The service failed as the token or postal code asks.").ToResult();

            case Fault.Hang:
                var held = _book.AnswerOnce(key, effect);
                await Task.Delay(options.HangTime, timeProvider, gone);
                return held.ToResult();

            case Fault.Slow:
                await Task.Delay(options.SlowAnswer, timeProvider, gone);
                return _book.AnswerOnce(key, effect).ToResult();

            case Fault.None:
                return _book.AnswerOnce(key, effect).ToResult();

            default:
                throw new InvalidOperationException($"There is no fault {fault}.");
        }
    }
}
