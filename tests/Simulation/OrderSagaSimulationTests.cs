using EventFunctions.Ordering.Saga;
using Xunit.Abstractions;

namespace EventFunctions.Tests.Simulation;

/// <summary>
/// The order saga under everything that can happen to it: crashes, repeated and overtaking deliveries, faults, customers who change
/// their mind. <c>SIMULATION_SEED</c> runs one seed, <c>SIMULATION_SEEDS</c> so many instead of 1,000.
/// </summary>
public sealed class OrderSagaSimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_run_ends_completed_or_undone_with_books_that_balance()
    {
        if (SeedRun.Only is { } seed)
        {
            output.WriteLine(ShopRun.Run(seed).Trace.ToString());
            return;
        }

        var results = SeedRun.RunAll(Enumerable.Range(1, SeedRun.Count));

        output.WriteLine(SeedRun.Summary(results));
        var ends = results.SelectMany(result => result.Ends).ToHashSet();
        Assert.Equal(SeedRun.Count, results.Count);
        Assert.All(
            [
                OrderSagaState.Completed, OrderSagaState.Compensated, OrderSagaState.CompensationFailed, OrderSagaState.CompletionFailed,
                OrderSagaState.DeliveryOverdue, OrderSagaState.Skipped,
            ],
            end => Assert.Contains(end, ends));
    }

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        foreach (var seed in Enumerable.Range(1, 10))
        {
            Assert.Equal(ShopRun.Run(seed).Trace.ToString(), ShopRun.Run(seed).Trace.ToString());
        }
    }
}
