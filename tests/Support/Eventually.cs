using System.Diagnostics;

namespace EventFunctions.Tests.Support;

/// <summary>Waits for a condition with a deadline, in tests of code that works in the background.</summary>
public static class Eventually
{
    /// <summary>Generous: a deadline is there to end a test that will never pass, not to measure.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold before the deadline.</exception>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? deadline = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, deadline);

    /// <summary>Waits until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold before the deadline.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null)
    {
        var limit = deadline ?? DefaultDeadline;
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"After {limit.TotalSeconds:0} s it still did not hold that {what}.");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Waits until the probe returns something.</summary>
    /// <exception cref="TimeoutException">It returned nothing before the deadline.</exception>
    public static async Task<T> FindsAsync<T>(Func<Task<T?>> probe, string what, TimeSpan? deadline = null)
        where T : class
    {
        T? found = null;
        await HoldsAsync(async () => (found = await probe()) is not null, what, deadline);
        return found!;
    }
}
