namespace EventFunctions.Benchmarks.Reporting;

/// <summary>One measured figure.</summary>
/// <param name="Benchmark">Which benchmark measured it.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Samples">How many samples are behind it.</param>
/// <param name="Aim">What it should be, if something was aimed at.</param>
internal sealed record Figure(string Benchmark, string What, double Value, string Unit, int Samples, string? Aim = null);
