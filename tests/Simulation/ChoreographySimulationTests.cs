using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using Xunit.Abstractions;

namespace EventFunctions.Tests.Simulation;

/// <summary>
/// Orders that handlers lead, under all that the saga has to stand: see <see cref="OrderSagaSimulationTests"/>. What the broker delivered too
/// often in vain, an operator sends again.
/// </summary>
public sealed class ChoreographySimulationTests(ITestOutputHelper output)
{
    private const int SeedsForAFault = 300;

    [Fact]
    public void Every_choreographed_order_ends_sold_or_undone_with_books_that_balance() => RunAll(ByHandlers);

    [Fact]
    public void Orders_of_sagas_and_of_handlers_side_by_side_end_sold_or_undone_with_books_that_balance() => RunAll(InTurn);

    [Fact]
    public void A_message_that_is_lost_with_its_process_is_found()
    {
        var mutation = new Mutation { LosesMessages = true };

        Assert.Contains(Enumerable.Range(1, SeedsForAFault), seed => Fails(seed, mutation));
    }

    private static OrderFlow ByHandlers(int number) => OrderFlow.Choreography;

    private static OrderFlow InTurn(int number) => number % 2 == 0 ? OrderFlow.Choreography : OrderFlow.Orchestration;

    private static bool Fails(int seed, Mutation mutation)
    {
        try
        {
            ShopRun.Run(seed, mutation, ByHandlers);
            return false;
        }
        catch (SimulationFailedException)
        {
            return true;
        }
    }

    private void RunAll(Func<int, OrderFlow> flowOf)
    {
        if (SeedRun.Only is { } seed)
        {
            output.WriteLine(ShopRun.Run(seed, flowOf: flowOf).Trace.ToString());
            return;
        }

        var count = SeedRun.Count / 4;
        var results = SeedRun.RunAll(Enumerable.Range(1, count), flowOf);

        output.WriteLine(SeedRun.Summary(results));
        Assert.Equal(count, results.Count);
        var ends = results.SelectMany(result => result.Ends).ToHashSet();
        Assert.All(
            [OrderSagaState.Completed, OrderSagaState.Compensated, OrderSagaState.CompensationFailed, OrderSagaState.DeliveryOverdue],
            end => Assert.Contains(end, ends));
    }
}
