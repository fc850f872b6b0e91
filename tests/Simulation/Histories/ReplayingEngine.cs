using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;
using EventFunctions.Tests.Saga;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Tests.Simulation;

/// <summary>An engine with the app's orchestrators, for replays only.</summary>
internal static class ReplayingEngine
{
    /// <summary>Makes one; an orchestrator needs next to nothing to be replayed.</summary>
    public static DurableTaskEngine Create()
    {
        var shop = new SimulatedShop(Plan.Of(new Random(1)), new Random(1));
        return new DurableTaskEngine(
            new FunctionDispatcher(shop.Compose()),
            new DurableTaskEngineOptions { DefaultVersion = OrderSaga.CurrentVersion },
            shop.Clock,
            NullLoggerFactory.Instance);
    }
}
