using System.Runtime;
using System.Runtime.InteropServices;

namespace EventFunctions.Benchmarks.Reporting;

/// <summary>What the figures were measured on.</summary>
internal sealed record Machine(string Cpu, int Cores, string Os, string Runtime, string Gc, string Build, double MemoryGb)
{
    /// <summary>This machine, as the process sees it.</summary>
    public static Machine Current { get; } = new(
        ReadCpu(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.ProcessArchitecture}",
        GCSettings.IsServerGC ? "server" : "workstation",
#if DEBUG
        "Debug: not for comparison, use -c Release",
#else
        "Release",
#endif
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1));

    private static string ReadCpu()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var line = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }
}
