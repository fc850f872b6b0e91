using EventFunctions.EventSourcing;
using EventFunctions.Resilience;

namespace EventFunctions.Tests.Simulation;

/// <summary>Makes what lies outside of the process fail: now and then once, or for good until it is mended.</summary>
/// <param name="plan">What fails for good, and how often anything fails once.</param>
/// <param name="random">Chooses when.</param>
internal sealed class Faults(Plan plan, Random random)
{
    private const int OneIn = 60;
    private int _hiccups = plan.Hiccups;
    private bool _isMended;

    /// <summary>Nothing fails any more.</summary>
    public void Mend() => _isMended = true;

    /// <summary>Fails before the operation takes effect, if it is its turn.</summary>
    public void Before(string operation) => FailIf(operation, afterEffect: false);

    /// <summary>Fails after the operation has taken effect, if it is its turn.</summary>
    public void After(string operation) => FailIf(operation, afterEffect: true);

    private void FailIf(string operation, bool afterEffect)
    {
        if (Activation.Current is null || _isMended)
        {
            return;
        }

        if (plan.Broken.TryGetValue(operation, out var takesEffect) && takesEffect == afterEffect)
        {
            throw new ProviderUnavailableException("The simulation", operation, "it is broken");
        }

        if (_hiccups > 0 && random.Next(OneIn) == 0)
        {
            _hiccups--;
            throw operation is Outside.Load or Outside.Append
                ? new StoreUnavailableException($"The simulation let '{operation}' fail once.")
                : new ProviderUnavailableException("The simulation", operation, "it failed once");
        }
    }
}
