using System.Net;
using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Host.Administration;
using EventFunctions.Local.Host.CommandLine;
using EventFunctions.Local.Host.ReplayCheck;

namespace EventFunctions.Local.Host.Tests.ReplayCheck;

/// <summary>What the commands for deployments say and how they end.</summary>
public sealed class ReplayCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventfunctions-");
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _output.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Histories_that_agree_end_well_and_are_counted()
    {
        Write("a.json", "1");
        Write("b.json", "2");
        Write("c.json", "3");

        var code = await CheckAsync((instance, _) => instance.InstanceId == "3" ? new ReplayVerdict.NotBegun() : new ReplayVerdict.Agrees());

        Assert.Equal((ExitCodes.Success, "Replayed 2 histories: 2 agree with the code, 0 do not, 1 had not begun."), (code, Lines()[^1]));
    }

    [Fact]
    public async Task The_first_divergence_of_an_instance_is_told_with_its_event_and_both_sides()
    {
        Write("a.json", "1");
        Write("b.json", "2");

        var code = await CheckAsync((instance, _) => instance.InstanceId == "2"
            ? new ReplayVerdict.Diverges(1, "activity 'A' was decided", "decided activity 'B' #0")
            : new ReplayVerdict.Agrees());

        Assert.Equal(ExitCodes.Failure, code);
        Assert.Equal(
            [
                "Saga '2': at event #1 of 1 the history says that activity 'A' was decided, but the code decided activity 'B' #0.",
                "Replayed 2 histories: 1 agree with the code, 1 do not.",
            ],
            Lines());
    }

    [Fact]
    public async Task An_orchestrator_that_is_gone_and_a_file_that_is_no_history_are_named()
    {
        Write("a.json", "1");
        File.WriteAllText(Path.Combine(_folder.FullName, "b.json"), "[]");

        var code = await CheckAsync((_, _) => new ReplayVerdict.UnknownOrchestrator());

        Assert.Equal(ExitCodes.Failure, code);
        Assert.StartsWith("Saga '1': the code has no orchestrator 'Saga'.", Lines()[0], StringComparison.Ordinal);
        Assert.StartsWith("b.json: This is not the status of an instance with its history", Lines()[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_that_does_not_tell_its_version_has_to_agree_as_one_of_those_that_are_named()
    {
        Write("a.json", "1");
        ReplayVerdict Verdict(RecordedInstance instance, string? version) =>
            version == "2.0" ? new ReplayVerdict.Agrees() : new ReplayVerdict.Diverges(0, "this", $"does that as {version ?? "the present"}");

        Assert.Equal(ExitCodes.Failure, await CheckAsync(Verdict));
        Assert.Equal(ExitCodes.Failure, await CheckAsync(Verdict, "1.0", "2.1"));
        Assert.Equal(ExitCodes.Success, await CheckAsync(Verdict, "2.1", "2.0"));
    }

    [Fact]
    public async Task A_folder_without_histories_is_no_success()
    {
        Assert.Equal(ExitCodes.Failure, await CheckAsync((_, _) => new ReplayVerdict.Agrees()));
        Assert.Contains("export-histories", Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_instances_is_exported_with_histories_and_the_key_is_given()
    {
        using var hub = new TaskHubStub();
        using var http = new HttpClient(hub) { BaseAddress = new Uri("http://hub.test/") };
        var target = new AdminTarget(http.BaseAddress, "secret");
        var into = Path.Combine(_folder.FullName, "new");

        var code = await new ExportHistoriesUseCase(http, "secret", _output)
            .ExportAsync(new ExportHistoriesArguments(target, into, ["Running", "Pending"]), CancellationToken.None);

        Assert.Equal((ExitCodes.Success, $"Exported 3 histories to {into}."), (code, Lines()[^1]));
        Assert.Equal(["a%3Ab.json", "c.json", "d.json"], Directory.EnumerateFiles(into).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(hub.Asked, asked => Assert.Equal("secret", asked.Key));
        Assert.Equal(2, hub.Asked.Count(asked => asked.Path.Contains("runtimeStatus=Running%2CPending", StringComparison.Ordinal)));
        Assert.Equal(3, hub.Asked.Count(asked => asked.Path.Contains("showHistory=true&showHistoryOutput=true&showInput=true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_task_hub_that_asks_for_a_key_is_told_of()
    {
        using var hub = new TaskHubStub { Refuses = true };
        using var http = new HttpClient(hub) { BaseAddress = new Uri("http://hub.test/") };

        var refusal = await Assert.ThrowsAsync<AdminRequestException>(() => new ExportHistoriesUseCase(http, key: null, _output).ExportAsync(
            new ExportHistoriesArguments(new AdminTarget(http.BaseAddress, null), _folder.FullName, []), CancellationToken.None));

        Assert.Contains("durabletask_extension", refusal.Message, StringComparison.Ordinal);
    }

    private Task<int> CheckAsync(Func<RecordedInstance, string?, ReplayVerdict> verdict, params string[] versions) =>
        new ReplayCheckUseCase((instance, version) => Task.FromResult(verdict(instance, version)), _output)
            .CheckAsync(new ReplayCheckArguments(_folder.FullName, versions), CancellationToken.None);

    private string[] Lines() => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private void Write(string file, string id) => File.WriteAllText(
        Path.Combine(_folder.FullName, file),
        $$"""
        {"name":"Saga","instanceId":"{{id}}","runtimeStatus":"Running",
         "historyEvents":[{"EventType":"ExecutionStarted","FunctionName":"Saga","Timestamp":"2026-01-01T12:00:00Z"}]}
        """);

    /// <summary>A management API with two pages of instances.</summary>
    private sealed class TaskHubStub : HttpMessageHandler
    {
        public bool Refuses { get; init; }

        public List<(string Path, string? Key)> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.PathAndQuery;
            Asked.Add((path, request.Headers.TryGetValues("x-functions-key", out var keys) ? keys.Single() : null));
            if (Refuses)
            {
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent(string.Empty) });
            }

            var isSecond = request.Headers.Contains("x-ms-continuation-token");
            var answer = new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(path.Contains("/instances?", StringComparison.Ordinal)
                    ? isSecond ? """[{"instanceId":"d"}]""" : """[{"instanceId":"a:b"},{"instanceId":"c"}]"""
                    : "{}"),
                RequestMessage = request,
            };
            if (path.Contains("/instances?", StringComparison.Ordinal) && !isSecond)
            {
                answer.Headers.Add("x-ms-continuation-token", "next");
            }

            return Task.FromResult(answer);
        }
    }
}
