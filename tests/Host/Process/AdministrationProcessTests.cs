using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Host.Tests.Process;

/// <summary>Backup, restore, migration and verification with the executable, against running apps.</summary>
public sealed class AdministrationProcessTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("eventfunctions-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task What_is_exported_of_one_app_comes_whole_into_another_and_is_worked_with_there()
    {
        using var first = HostProcess.Start("--ephemeral");
        var from = await first.IsUpAsync();
        using var http = new HttpClient { BaseAddress = from };
        for (var i = 0; i < 3; i++)
        {
            using var stocked = await http.PostAsJsonAsync($"inventory/cup{i}/replenish", new { quantity = 10 + i });
            Assert.Equal(HttpStatusCode.OK, stocked.StatusCode);
        }

        var file = Path.Combine(_directory.FullName, "backup.ndjson");
        Assert.Equal((0, "Exported 3 events of 3 streams"), await RunAsync("export", "--url", AppOf(from), "--file", file));

        using var second = HostProcess.Start("--ephemeral");
        var to = await second.IsUpAsync();
        Assert.Equal((0, "Read 3 events in 1 chunks: 3 written, 0 already there, 0 refused."), await RunAsync("import", "--url", AppOf(to), "--file", file));
        Assert.Equal((0, "Read 3 events in 1 chunks: 0 written, 3 already there, 0 refused."), await RunAsync("import", "--url", AppOf(to), "--file", file));
        Assert.Equal((0, "Verified 3 events of 3 streams, compared 3 snapshots: 0 findings."), await RunAsync("verify", "--url", AppOf(to)));

        // Imported events are published like any others, so the views follow; and the aggregates go on where they were.
        using var target = new HttpClient { BaseAddress = to };
        await Eventually.HoldsAsync(
            async () =>
            {
                using var view = await target.GetAsync(new Uri("inventory/cup2", UriKind.Relative));
                return view.StatusCode == HttpStatusCode.OK;
            },
            "the view of an imported stream is there");
        using var more = await target.PostAsJsonAsync("inventory/cup2/replenish", new { quantity = 5 });
        Assert.Equal(17, (await more.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("available").GetInt32());

        var copy = Path.Combine(_directory.FullName, "one.ndjson");
        Assert.Equal((0, "Exported 2 events of 1 streams"), await RunAsync("export", "--url", AppOf(to), "--file", copy, "--stream", "inventory-cup2"));
        Assert.Equal(1, (await RunAsync("export", "--url", AppOf(to), "--file", copy)).ExitCode);
        Assert.Equal((0, $"{copy} is complete; there is nothing to resume."), await RunAsync("export", "--url", AppOf(to), "--file", copy, "--resume"));

        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("\"quantity\":11", "\"quantity\":99", StringComparison.Ordinal));
        var (exitCode, error) = await RunAsync("import", "--url", AppOf(to), "--file", file);
        Assert.Equal(1, exitCode);
        Assert.Contains("the check does not fit", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_systems_events_are_imported_by_a_mapping_once_it_speaks_of_all_of_them()
    {
        using var host = HostProcess.Start("--ephemeral");
        var app = await host.IsUpAsync();
        var file = Path.Combine(_directory.FullName, "old.ndjson");
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, 50).Select(i =>
            $$"""{"kind":"{{(i == 7 ? "Counted" : "Received")}}","on":"2020-05-01T08:00:00Z","no":"{{i}}","article":"A{{i % 5}}","pieces":{{i}}}"""));
        var mapping = Path.Combine(_directory.FullName, "mapping.json");
        await File.WriteAllTextAsync(mapping, """
            {
              "type": "$.kind", "time": "$.on", "id": "$.no",
              "events": {
                "Received": {
                  "type": "stock-replenished", "schemaVersion": 1, "stream": "inventory-{$.article}",
                  "data": { "productId": "$.article", "quantity": "$.pieces", "lowStockThreshold": 0 }
                }
              }
            }
            """);

        var (refused, error) = await RunAsync("import", "--url", AppOf(app), "--file", file, "--mapping", mapping);
        Assert.Equal(1, refused);
        Assert.Contains("'Counted', which 1 lines have (the first is line 7)", error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            mapping, (await File.ReadAllTextAsync(mapping)).Replace("\"events\"", "\"ignore\": [\"Counted\"], \"events\"", StringComparison.Ordinal));
        Assert.Equal(
            (0, "Read 49 events in 1 chunks: 49 written, 0 already there, 0 refused."),
            await RunAsync("import", "--url", AppOf(app), "--file", file, "--mapping", mapping));
        Assert.Equal((0, "Verified 49 events of 5 streams, compared 0 snapshots: 0 findings."), await RunAsync("verify", "--url", AppOf(app)));

        // Read by the aggregate's own code: 5, 10 … 50 pieces of article A0.
        using var http = new HttpClient { BaseAddress = app };
        using var more = await http.PostAsJsonAsync("inventory/A0/replenish", new { quantity = 1 });
        Assert.Equal(276, (await more.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("available").GetInt32());
    }

    [Fact]
    public async Task An_app_that_is_not_there_is_told()
    {
        var (exitCode, error) = await RunAsync("verify", "--url", "http://127.0.0.1:1");

        Assert.Equal(1, exitCode);
        Assert.Contains("http://127.0.0.1:1/ cannot be reached", error, StringComparison.Ordinal);
    }

    private static string AppOf(Uri api) => new Uri(api, "/").ToString();

    /// <summary>The exit code, and what was said last: without the part of an export's line that names the file.</summary>
    private static async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        using var host = HostProcess.Start(arguments);
        var exitCode = await host.EndsAsync();
        var lines = (exitCode == 0 ? host.Output : host.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var said = exitCode == 0 ? lines[^1] : string.Join('\n', lines);
        return (exitCode, said.StartsWith("Exported", StringComparison.Ordinal) ? said[..said.IndexOf(" in ", StringComparison.Ordinal)] : said);
    }
}
