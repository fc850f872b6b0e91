using System.Net;
using System.Text.Json.Nodes;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// Listing instances, by the page "HTTP API reference"
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#get-all-instances-status).
/// </summary>
public sealed class ListTests
{
    private const string TokenHeader = "x-ms-continuation-token";

    [Fact]
    public async Task Every_instance_is_listed_oldest_first_with_its_state()
    {
        await using var app = await WithInstancesAsync();

        var all = await ListAsync(app, string.Empty);

        Assert.Equal("a-1 a-2 b-1 b-2 b-3", Ids(all));
        Assert.Equal("Completed Completed Failed Completed Running", string.Join(' ', all.Select(instance => instance!["runtimeStatus"])));
        Assert.Equal("1", all[0]!["input"]!.ToJsonString());
        Assert.All(all, instance => Assert.False(instance!.AsObject().ContainsKey("historyEvents")));
    }

    [Theory]
    [InlineData("?instanceIdPrefix=b-", "b-1 b-2 b-3")]
    [InlineData("?runtimeStatus=Running", "b-3")]
    [InlineData("?runtimeStatus=Running,Failed", "b-1 b-3")]
    [InlineData("?runtimeStatus=Running&runtimeStatus=Failed", "b-1 b-3")]
    [InlineData("?runtimeStatus=running", "b-3")]
    [InlineData("?createdTimeFrom=2026-03-01T10:02:00Z", "b-1 b-2 b-3")]
    [InlineData("?createdTimeTo=2026-03-01T10:01:00Z", "a-1 a-2")]
    [InlineData("?createdTimeFrom=2026-03-01T10:01:00Z&createdTimeTo=2026-03-01T10:03:00Z", "a-2 b-1 b-2")]
    [InlineData("?createdTimeFrom=2026-03-01T12:03:00%2B02:00", "b-2 b-3")]
    [InlineData("?createdTimeFrom=2026-03-01T10:03:00", "b-2 b-3")]
    [InlineData("?instanceIdPrefix=a-&runtimeStatus=Failed", "")]
    public async Task Filters_select_by_prefix_status_and_time_inclusively(string query, string expected)
    {
        await using var app = await WithInstancesAsync();

        Assert.Equal(expected, Ids(await ListAsync(app, query)));
    }

    [Fact]
    public async Task Inputs_may_be_left_out()
    {
        await using var app = await WithInstancesAsync();

        Assert.All(await ListAsync(app, "?showInput=false"), instance => Assert.Null(instance!["input"]));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    [InlineData(100, 1)]
    public async Task Pages_follow_the_token_in_the_header_and_hold_each_instance_once(int top, int pages)
    {
        await using var app = await WithInstancesAsync();
        var ids = new List<string>();
        var count = 0;
        string? token = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{ManagedApp.Base}/instances?top={top}");
            if (token is not null)
            {
                request.Headers.Add(TokenHeader, token);
            }

            using var response = await app.Http.SendAsync(request);
            var page = (await ManagedApp.BodyAsync(response))!.AsArray();
            Assert.InRange(page.Count, 1, top);
            ids.Add(Ids(page));
            token = response.Headers.TryGetValues(TokenHeader, out var next) ? next.Single() : null;
            count++;
        }
        while (token is not null);

        Assert.Equal("a-1 a-2 b-1 b-2 b-3", string.Join(' ', ids));
        Assert.Equal(pages, count);
    }

    [Fact]
    public async Task A_token_goes_through_a_header_whatever_the_ids_are_made_of()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Echoes", "größe 1");
        await app.RunAsync("Echoes", "größe 2");

        using var first = await app.GetAsync("instances?top=1");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{ManagedApp.Base}/instances?top=1");
        request.Headers.Add(TokenHeader, first.Headers.GetValues(TokenHeader).Single());
        using var second = await app.Http.SendAsync(request);

        Assert.Equal("größe 2", Ids((await ManagedApp.BodyAsync(second))!.AsArray()));
    }

    [Theory]
    [InlineData("?top=0", "top")]
    [InlineData("?top=many", "top")]
    [InlineData("?runtimeStatus=Sleeping", "Sleeping")]
    [InlineData("?runtimeStatus=0", "runtimeStatus")]
    [InlineData("?createdTimeFrom=yesterday", "createdTimeFrom")]
    [InlineData("?createdTimeTo=tomorrow", "createdTimeTo")]
    public async Task A_filter_that_can_t_be_read_is_refused_by_name(string query, string named)
    {
        await using var app = await ManagedApp.StartAsync();

        var refusal = await app.JsonAsync("instances" + query, HttpStatusCode.BadRequest);

        Assert.Contains(named, refusal!["Message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!")]
    [InlineData("c29tZXRoaW5n")]
    public async Task A_token_of_somebody_else_s_is_refused(string token)
    {
        await using var app = await ManagedApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, ManagedApp.Base + "/instances");
        request.Headers.Add(TokenHeader, token);

        using var response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static async Task<ManagedApp> WithInstancesAsync()
    {
        var app = await ManagedApp.StartAsync();
        foreach (var (orchestrator, id) in new[] { ("Echoes", "a-1"), ("Echoes", "a-2"), ("Breaks", "b-1"), ("Echoes", "b-2") })
        {
            await app.RunAsync(orchestrator, id, "1");
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await app.StartAsync("Waits", "b-3", "1");
        await app.IsAsync("b-3", Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Running);
        return app;
    }

    private static async Task<JsonArray> ListAsync(ManagedApp app, string query) => (await app.JsonAsync("instances" + query))!.AsArray();

    private static string Ids(JsonArray instances) => string.Join(' ', instances.Select(instance => instance!["instanceId"]!.GetValue<string>()));
}
