namespace EventFunctions.Benchmarks.Reporting;

/// <summary>Measures memory.</summary>
internal static class MemoryInUse
{
    /// <summary>The bytes in use. The pool's threads are given something else to do before: each may still hold what it did last.</summary>
    public static async Task<long> MeasureAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Thread.SpinWait(10_000))));
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
