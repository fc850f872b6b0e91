using System.Net;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// Purging, by the page "HTTP API reference"
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#purge-single-instance-history and below).
/// </summary>
public sealed class PurgeTests
{
    [Fact]
    public async Task An_ended_instance_is_deleted_once()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Echoes", "e");

        using var response = await app.DeleteAsync("instances/e");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"instancesDeleted":1}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await app.DeleteAsync("instances/e")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync("instances/e")).StatusCode);
    }

    [Fact]
    public async Task An_instance_that_goes_on_is_answered_412_and_stays()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");

        Assert.Equal(HttpStatusCode.PreconditionFailed, (await app.DeleteAsync("instances/w")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await app.GetAsync("instances/w")).StatusCode);
    }

    [Theory]
    [InlineData("createdTimeFrom=2026-03-01T10:00:00Z", 4)]
    [InlineData("createdTimeFrom=2026-03-01T10:02:00Z", 2)]
    [InlineData("createdTimeFrom=2026-03-01T10:00:00Z&createdTimeTo=2026-03-01T10:01:00Z", 2)]
    [InlineData("createdTimeFrom=2026-03-01T10:00:00Z&runtimeStatus=Failed", 2)]
    [InlineData("createdTimeFrom=2026-03-01T10:00:00Z&runtimeStatus=Failed,Completed", 4)]
    public async Task A_filter_deletes_what_was_created_in_the_span_and_has_ended_so(string query, int deleted)
    {
        await using var app = await WithInstancesAsync();

        using var response = await app.DeleteAsync("instances?" + query);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(deleted, (await ManagedApp.BodyAsync(response))!["instancesDeleted"]!.GetValue<int>());
        Assert.Equal(5 - deleted, app.Engine.Counts.Instances);
    }

    [Theory]
    [InlineData("createdTimeFrom=2026-03-02T10:00:00Z")]
    [InlineData("createdTimeFrom=2026-03-01T10:00:00Z&runtimeStatus=Terminated")]
    [InlineData("createdTimeFrom=2026-03-01T10:00:00Z&runtimeStatus=Running")]
    public async Task A_filter_that_selects_nothing_that_has_ended_is_answered_404(string query)
    {
        await using var app = await WithInstancesAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.DeleteAsync("instances?" + query)).StatusCode);
        Assert.Equal(5, app.Engine.Counts.Instances);
    }

    [Fact]
    public async Task Without_the_time_from_which_nothing_is_deleted()
    {
        await using var app = await WithInstancesAsync();

        using var response = await app.DeleteAsync("instances?runtimeStatus=Completed");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("createdTimeFrom", (await ManagedApp.BodyAsync(response))!["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(5, app.Engine.Counts.Instances);
    }

    private static async Task<ManagedApp> WithInstancesAsync()
    {
        var app = await ManagedApp.StartAsync();
        foreach (var (orchestrator, id) in new[] { ("Echoes", "1"), ("Breaks", "2"), ("Echoes", "3"), ("Breaks", "4") })
        {
            await app.RunAsync(orchestrator, id);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await app.StartAsync("Waits", "5");
        return app;
    }
}
