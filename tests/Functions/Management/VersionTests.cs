using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Hosting;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// What host.json says about versions, by the page "Orchestration versioning"
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestration-versioning).
/// </summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData("", VersionMatchStrategy.None, VersionFailureStrategy.Reject)]
    [InlineData("\"defaultVersion\": \"2.0\"", VersionMatchStrategy.CurrentOrOlder, VersionFailureStrategy.Reject)]
    [InlineData("\"defaultVersion\": \"2.0\", \"versionMatchStrategy\": \"Strict\"", VersionMatchStrategy.Strict, VersionFailureStrategy.Reject)]
    [InlineData("\"defaultVersion\": \"2.0\", \"versionMatchStrategy\": \"none\"", VersionMatchStrategy.None, VersionFailureStrategy.Reject)]
    [InlineData("\"defaultVersion\": \"2.0\", \"versionFailureStrategy\": \"Fail\"", VersionMatchStrategy.CurrentOrOlder, VersionFailureStrategy.Fail)]
    public void The_strategies_are_read_with_the_documented_defaults(string json, object match, object failure)
    {
        var host = HostConfiguration.Parse($$"""{ "extensions": { "durableTask": { {{json}} } } }""", "host.json").DurableTask;

        Assert.Equal((match, failure), ((object)host.VersionMatch, (object)host.VersionFailure));
    }

    [Theory]
    [InlineData("\"versionMatchStrategy\": \"Newest\"", "versionMatchStrategy")]
    [InlineData("\"versionMatchStrategy\": 1", "versionMatchStrategy")]
    [InlineData("\"versionMatchStrategy\": \"1\"", "versionMatchStrategy")]
    [InlineData("\"versionFailureStrategy\": \"Ignore\"", "versionFailureStrategy")]
    public void A_strategy_that_does_not_exist_is_refused_by_name(string json, string named)
    {
        var refused = Assert.Throws<FunctionsStartupException>(
            () => HostConfiguration.Parse($$"""{ "extensions": { "durableTask": { {{json}} } } }""", "host.json"));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Contains(named.Contains("Match", StringComparison.Ordinal) ? "CurrentOrOlder" : "Reject", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_instance_waits_for_a_newer_host()
    {
        await using var app = await ManagedApp.StartAsync("""{ "extensions": { "durableTask": { "defaultVersion": "2.0" } } }""");

        await app.PostAsync("orchestrators/Versions/newer?version=3.0");
        await app.RunAsync("Versions", "current");
        await app.PostAsync("orchestrators/Versions/older?version=1.0");
        await app.EndAsync("older");

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await app.Client.GetInstanceAsync("newer"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_newer_instance_fails_if_it_is_to()
    {
        await using var app = await ManagedApp.StartAsync(
            """{ "extensions": { "durableTask": { "defaultVersion": "2.0", "versionFailureStrategy": "Fail" } } }""");

        await app.PostAsync("orchestrators/Versions/newer?version=3.0");

        Assert.Equal("VersionMismatch", (await app.EndAsync("newer")).FailureDetails!.ErrorType);
    }
}
