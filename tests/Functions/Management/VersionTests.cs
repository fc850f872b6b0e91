using EventFunctions.Local.Functions.Tests.Support;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// What host.json says about versions, by the page "Orchestration versioning"
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestration-versioning).
/// </summary>
public sealed class VersionTests
{
    private const string Default = "\"defaultVersion\": \"2.0\"";

    [Theory]
    [InlineData("", "3.0", OrchestrationRuntimeStatus.Completed)]
    [InlineData(Default, "1.0", OrchestrationRuntimeStatus.Completed)]
    [InlineData(Default, "3.0", OrchestrationRuntimeStatus.Pending)]
    [InlineData(Default + ", \"versionMatchStrategy\": \"Strict\"", "1.0", OrchestrationRuntimeStatus.Pending)]
    [InlineData(Default + ", \"versionMatchStrategy\": \"none\"", "3.0", OrchestrationRuntimeStatus.Completed)]
    [InlineData(Default + ", \"versionMatchStrategy\": \"CurrentOrOlder\"", "3.0", OrchestrationRuntimeStatus.Pending)]
    [InlineData(Default + ", \"versionFailureStrategy\": \"Fail\"", "3.0", OrchestrationRuntimeStatus.Failed)]
    [InlineData(Default + ", \"versionFailureStrategy\": \"Reject\"", "3.0", OrchestrationRuntimeStatus.Pending)]
    public async Task The_strategies_are_heeded_with_the_documented_defaults(string json, string version, OrchestrationRuntimeStatus expected)
    {
        await using var app = await ManagedApp.StartAsync($$"""{ "extensions": { "durableTask": { {{json}} } } }""");

        await app.PostAsync("orchestrators/Versions/asked?version=" + version);
        await app.RunAsync("Versions", "current");

        await app.IsAsync("asked", expected);
    }

    [Theory]
    [InlineData("versionMatchStrategy", "\"Newest\"", "CurrentOrOlder")]
    [InlineData("versionMatchStrategy", "1", "CurrentOrOlder")]
    [InlineData("versionMatchStrategy", "\"1\"", "CurrentOrOlder")]
    [InlineData("versionFailureStrategy", "\"Ignore\"", "Reject")]
    public void A_strategy_that_does_not_exist_is_refused_by_name(string name, string value, string remedy)
    {
        var refused = Assert.Throws<FunctionsStartupException>(() => TestApp.Create(new TestAppOptions
        {
            Functions = [typeof(ManagedOrchestrations)],
            HostJson = $$"""{ "extensions": { "durableTask": { "{{name}}": {{value}} } } }""",
        }));

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
    }
}
