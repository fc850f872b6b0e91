using System.Text.Json;

namespace EventFunctions.Benchmarks.Reporting;

/// <summary>Prints machine and figures, for people or for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>As JSON.</summary>
    public static void PrintJson(TextWriter output, Machine machine, IReadOnlyList<Figure> figures) =>
        output.WriteLine(JsonSerializer.Serialize(new { machine, figures }, Indented));

    /// <summary>As a table.</summary>
    public static void PrintTable(TextWriter output, Machine machine, IReadOnlyList<Figure> figures)
    {
        output.WriteLine($"CPU      {machine.Cpu}, {machine.Cores} cores, {machine.MemoryGb} GB");
        output.WriteLine($"system   {machine.Os}");
        output.WriteLine($"runtime  {machine.Runtime}, {machine.Gc} GC, {machine.Build}");
        output.WriteLine();
        var width = figures.Max(figure => figure.What.Length);
        foreach (var benchmark in figures.GroupBy(figure => figure.Benchmark))
        {
            output.WriteLine(benchmark.Key);
            foreach (var figure in benchmark)
            {
                var aim = figure.Aim is null ? string.Empty : $"   aim: {figure.Aim}";
                output.WriteLine($"  {figure.What.PadRight(width)}  {figure.Value,10:0.00} {figure.Unit,-8} n={figure.Samples}{aim}");
            }
        }
    }
}
