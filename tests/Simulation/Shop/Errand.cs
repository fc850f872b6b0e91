namespace EventFunctions.Tests.Simulation;

/// <summary>
/// Something that is asked of a process from outside, at least once: a message that is delivered, a request of a client. Whoever asks
/// does so again until he is answered.
/// </summary>
/// <param name="name">For the trace.</param>
/// <param name="work">Asks, for the so manieth time, from 1.</param>
internal sealed class Errand(string name, Func<SimulatedProcess, int, Task> work)
{
    /// <summary>
    /// Far more than any fault lasts. The longest is the lease of the inbox of a process that is gone: a minute, at four attempts a second
    /// where nothing else happens.
    /// </summary>
    private const int MaxAttempts = 1000;

    private int _attempt;
    private int _deliveries;

    /// <summary>Something that is asked the same way each time.</summary>
    public Errand(string name, Func<SimulatedProcess, Task> work)
        : this(name, (process, _) => work(process))
    {
    }

    /// <summary>For the trace.</summary>
    public string Name { get; } = name;

    /// <summary>How often it is asked before it is left to an operator, as a broker does with a message.</summary>
    public int MaxDeliveries { get; init; } = int.MaxValue;

    /// <summary>The step before which nobody asks, unless nothing else happens.</summary>
    public int NotBefore { get; init; }

    /// <summary>Whether it can be asked at all yet.</summary>
    public Func<bool> IsPossible { get; init; } = static () => true;

    /// <summary>Whether it was answered.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether a process has it in hand.</summary>
    public bool IsInHand { get; private set; }

    /// <summary>Whether it is left to an operator.</summary>
    public bool IsDeadLettered => !IsDone && !IsInHand && _deliveries >= MaxDeliveries;

    /// <summary>Whether it could be asked now.</summary>
    public bool IsWaiting => !IsDone && !IsInHand && _deliveries < MaxDeliveries && IsPossible();

    /// <summary>Asks.</summary>
    /// <exception cref="InvalidOperationException">It was asked too often in vain.</exception>
    public async Task RunAsync(SimulatedProcess process)
    {
        IsInHand = true;
        var attempt = ++_attempt;
        try
        {
            await work(process, ++_deliveries);
        }
        catch (Exception exception) when (exception is not SimulationFailedException)
        {
            if (attempt >= MaxAttempts)
            {
                throw new SimulationFailedException($"{Name} failed {attempt} times: {exception}");
            }

            GiveBack(attempt);
            return;
        }

        IsDone |= attempt == _attempt;
        GiveBack(attempt);
    }

    /// <summary>The process that had it in hand is gone.</summary>
    /// <param name="isSettled">Whether it was answered before it was dealt with, which is a fault.</param>
    public void Lose(bool isSettled)
    {
        if (IsInHand)
        {
            _attempt++;
            IsInHand = false;
            IsDone = isSettled;
        }
    }

    /// <summary>An operator has it asked again.</summary>
    public void Resubmit() => _deliveries = 0;

    private void GiveBack(int attempt)
    {
        if (attempt == _attempt)
        {
            IsInHand = false;
        }
    }
}

/// <summary>A run came to something that must not be.</summary>
internal sealed class SimulationFailedException(string message) : Exception(message);
