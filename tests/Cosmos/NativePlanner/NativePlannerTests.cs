using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace EventFunctions.Local.Cosmos.Tests.NativePlanner;

/// <summary>
/// The contract of queries with the plans of the SDK's own planner, which it goes by on Windows. The SDK reads the setting once in a process,
/// so the tests run again in one of their own.
/// </summary>
public sealed class NativePlannerTests
{
    private const string Contract = "EventFunctions.Local.Cosmos.Tests.Contract.QueryTests.";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [NativePlannerFact]
    public async Task The_contract_of_queries_holds_with_the_planner_of_the_SDK()
    {
        var folder = Directory.CreateTempSubdirectory("cosmos-native-planner-");
        try
        {
            var output = await RunAsync(folder.FullName);
            var file = Path.Combine(folder.FullName, "results.trx");
            Assert.True(File.Exists(file), output);
            var results = XDocument.Load(file).Descendants().ToList();
            var failed = results.Where(e => e.Name.LocalName == "UnitTestResult" && e.Attribute("outcome")?.Value == "Failed")
                .Select(e => $"{e.Attribute("testName")?.Value}: {e.Descendants().FirstOrDefault(d => d.Name.LocalName == "Message")?.Value}");
            Assert.Empty(failed);
            var counters = results.Single(e => e.Name.LocalName == "Counters");
            int Count(string name) => int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);
            Assert.Equal(Count("total"), Count("passed"));
            Assert.True(Count("total") >= 60, $"{Count("total")} tests");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string folder)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "vstest", typeof(NativePlannerTests).Assembly.Location, $"--TestCaseFilter:FullyQualifiedName~{Contract}", "--logger:trx;LogFileName=results.trx", $"--ResultsDirectory:{folder}",
            },
            Environment = { [NativePlannerFactAttribute.Setting] = "true", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The tests did not start.");
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return $"{await output}{await errors}";
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The contract of queries was not through after {Patience.TotalMinutes:0} minutes.", late);
        }
    }
}
