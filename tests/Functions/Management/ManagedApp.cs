using System.Net;
using System.Text.Json.Nodes;
using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Tests.Support;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>An app with orchestrations of the tests' own, on a manual clock, asked over HTTP.</summary>
internal sealed class ManagedApp : IAsyncDisposable
{
    public const string Base = "runtime/webhooks/durabletask";

    private readonly TestApp _app;

    private ManagedApp(TestApp app, ManualTimeProvider clock) => (_app, Clock) = (app, clock);

    public ManualTimeProvider Clock { get; }

    public HttpClient Http => _app.Http;

    public Uri Address => Http.BaseAddress!;

    public DurableTaskClient Client => _app.Services.GetRequiredService<DurableTaskClient>();

    public DurableTaskEngine Engine => _app.Services.GetRequiredService<DurableTaskEngine>();

    public ManagedOrchestrations.Luck Luck => _app.Services.GetRequiredService<ManagedOrchestrations.Luck>();

    public static async Task<ManagedApp> StartAsync(
        string hostJson = """{ "version": "2.0", "extensions": { "durableTask": { "hubName": "Tests" } } }""", string? key = null)
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
        return new ManagedApp(
            await TestApp.StartAsync(new TestAppOptions
            {
                Functions = [typeof(ManagedOrchestrations)],
                HostJson = hostJson,
                Clock = clock,
                DurableTaskKey = key,
                Compose = builder =>
                {
                    Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilderAspNetCoreExtensions.ConfigureFunctionsWebApplication(builder);
                    builder.Services.AddSingleton<ManagedOrchestrations.Luck>();
                },
            }),
            clock);
    }

    /// <summary>Starts an instance over HTTP.</summary>
    public async Task<string> StartAsync(string orchestrator, string id, string? input = null)
    {
        using var response = await PostAsync($"orchestrators/{orchestrator}/{id}", input);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return id;
    }

    /// <summary>Starts an instance over HTTP and waits for its end.</summary>
    public async Task<string> RunAsync(string orchestrator, string id, string? input = null)
    {
        await StartAsync(orchestrator, id, input);
        await EndAsync(id);
        return id;
    }

    public async Task<OrchestrationMetadata> EndAsync(string id)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, deadline.Token);
    }

    public Task IsAsync(string id, OrchestrationRuntimeStatus status) => Eventually.HoldsAsync(
        async () => (await Client.GetInstanceAsync(id))?.RuntimeStatus == status, $"'{id}' is {status}");

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri($"{Base}/{path}", UriKind.Relative));

    public Task<HttpResponseMessage> DeleteAsync(string path) => Http.DeleteAsync(new Uri($"{Base}/{path}", UriKind.Relative));

    public Task<HttpResponseMessage> PostAsync(string path, string? json = null, string mediaType = "application/json") => Http.PostAsync(
        new Uri($"{Base}/{path}", UriKind.Relative), json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, mediaType));

    /// <summary>The body of an answer that is expected.</summary>
    public async Task<JsonNode?> JsonAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await GetAsync(path);
        Assert.Equal(expected, response.StatusCode);
        return await BodyAsync(response);
    }

    public static async Task<JsonNode?> BodyAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync());

    /// <summary>The types of an instance's history events.</summary>
    public async Task<string> HistoryAsync(string id, string query = "showHistory=true", HttpStatusCode expected = HttpStatusCode.OK) => string.Join(
        ' ', (await JsonAsync($"instances/{id}?{query}", expected))!["historyEvents"]!.AsArray().Select(happened => happened!["EventType"]!.GetValue<string>()));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
