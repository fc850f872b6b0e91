using Microsoft.DurableTask;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>The words that come for a running replenishment, each once, in their order; those that come early wait.</summary>
/// <param name="context">The orchestration.</param>
public sealed class ReplenishmentAnswers(TaskOrchestrationContext context)
{
    private readonly HashSet<string> _heard = new(StringComparer.Ordinal);

    // One waiter at a time, kept over time-outs: a second one for the same event would take turns with it.
    private Task<ReplenishmentAnswer> _next = context.WaitForExternalEvent<ReplenishmentAnswer>(ReplenishmentAnswer.EventName);

    /// <summary>The next word that was not heard before, or <see langword="null"/> when the time is up.</summary>
    /// <param name="timeout">How long to wait; <see langword="null"/> waits for ever.</param>
    public async Task<ReplenishmentAnswer?> NextAsync(TimeSpan? timeout)
    {
        using var stop = new CancellationTokenSource();
        var timer = timeout is { } time ? context.CreateTimer(time, stop.Token) : null;
        while (true)
        {
            if (timer is not null && await Task.WhenAny(_next, timer) == timer)
            {
                return null;
            }

            var answer = await _next;
            _next = context.WaitForExternalEvent<ReplenishmentAnswer>(ReplenishmentAnswer.EventName);
            if (_heard.Add(answer.Id))
            {
                stop.Cancel();
                return answer;
            }
        }
    }
}
