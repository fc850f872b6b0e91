using EventFunctions.Local.Functions.Tests.Support;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>Whether code is run from its start for every episode, as host.json says (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-perf-and-scale#extended-sessions).</summary>
public sealed class ExtendedSessionTests
{
    /// <summary>So many calls of activities that the history is longer than where the engine would begin to keep code by itself.</summary>
    private const int Calls = 50;

    [Theory]
    [InlineData("\"extendedSessionsEnabled\": true", 1)]
    [InlineData("\"extendedSessionsEnabled\": true, \"extendedSessionIdleTimeoutInSeconds\": 60", 1)]
    [InlineData("\"extendedSessionsEnabled\": false", Calls + 1)]
    [InlineData("\"extendedSessionsEnabled\": true, \"extendedSessionIdleTimeoutInSeconds\": 0", Calls + 1)]
    public async Task Code_is_run_from_its_start_once_with_extended_sessions_and_for_every_episode_without(string json, int starts)
    {
        await using var app = await ManagedApp.StartAsync($$"""{ "extensions": { "durableTask": { {{json}} } } }""");

        await app.RunAsync("CountsItsStarts", "o", $"{Calls}");

        Assert.Equal(starts, app.Luck.Starts);
    }

    [Fact]
    public async Task Where_nothing_is_said_a_short_history_is_replayed_and_a_long_one_is_not()
    {
        await using var app = await ManagedApp.StartAsync();

        await app.RunAsync("CountsItsStarts", "short", "10");
        var shortly = app.Luck.Starts;
        await app.RunAsync("CountsItsStarts", "long", $"{Calls}");

        Assert.Equal(11, shortly);
        Assert.InRange(app.Luck.Starts - shortly, 20, Calls - 10);
    }

    [Theory]
    [InlineData("extendedSessionsEnabled", "\"yes\"", "must be true or false")]
    [InlineData("extendedSessionIdleTimeoutInSeconds", "-1", "must be a whole number of at least 0")]
    [InlineData("extendedSessionIdleTimeoutInSeconds", "\"00:00:30\"", "must be a whole number of at least 0")]
    public void A_value_that_is_none_is_refused_under_its_path(string name, string value, string remedy)
    {
        var refused = Assert.Throws<FunctionsStartupException>(() => TestApp.Create(new TestAppOptions
        {
            Functions = [typeof(ManagedOrchestrations)],
            HostJson = $$"""{ "extensions": { "durableTask": { "{{name}}": {{value}} } } }""",
        }));

        Assert.Contains($"'extensions.durableTask.{name}' is {value}, but {remedy}", refused.Message, StringComparison.Ordinal);
    }
}
