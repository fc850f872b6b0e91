using System.Diagnostics.Metrics;
using EventFunctions.Composition;
using EventFunctions.Telemetry;
using EventFunctions.Tests.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Telemetry;

/// <summary>Alerts are written against <c>docs/telemetry.md</c>, so it says what there is and nothing else.</summary>
public sealed class TelemetryPageTests
{
    [Fact]
    public void The_page_lists_every_instrument_with_its_kind_and_unit()
    {
        using var metrics = new RecordedMetrics();
        var services = new ServiceCollection().AddSingleton<IMeterFactory>(metrics).AddMeters();
        using var provider = services.BuildServiceProvider();
        foreach (var service in services.Where(s => s.ServiceType.Namespace == typeof(AppMeter).Namespace))
        {
            provider.GetRequiredService(service.ServiceType);
        }

        var emitted = metrics.Instruments.Select(i => (i.Name, Kind: i is Counter<long> ? "counter" : "histogram", i.Unit!)).Order();
        var listed =
            from line in File.ReadLines(Path.Combine(SourceTree.Root, "docs/telemetry.md"))
            where line.StartsWith("| `eventfunctions.", StringComparison.Ordinal)
            let cells = line.Split('|', StringSplitOptions.TrimEntries)
            let kind = cells[2].Split(", ")
            select (cells[1].Trim('`'), kind[0], kind[1].Trim('`'));

        Assert.Equal(emitted, listed.Order());
        Assert.All(metrics.Instruments, i => Assert.Equal(AppMeter.Name, i.Meter.Name));
    }
}
