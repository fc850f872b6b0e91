using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Local.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Tests;

/// <summary>What a Service Bus trigger finds wrong with its entity when the host starts.</summary>
public sealed class ServiceBusStartTests
{
    private static readonly MessagingTopology Topology = MessagingTopology.Parse("""
        { "topics": [ { "name": "events", "subscriptions": [ { "name": "plain" }, { "name": "sessions", "requiresSession": true } ] } ], "queues": [] }
        """);

    [Fact]
    public async Task A_missing_subscription_is_an_error_that_names_the_function()
    {
        var failure = await FailsToStartAsync(typeof(Nowhere));

        Assert.Contains("Function 'Nowhere'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(SessionsWanted), "Function 'SessionsWanted'", "events/Subscriptions/plain", "IsSessionsEnabled")]
    [InlineData(typeof(SessionsUnwanted), "Function 'SessionsUnwanted'", "events/Subscriptions/sessions", "IsSessionsEnabled")]
    public async Task A_trigger_and_a_subscription_that_disagree_about_sessions_are_an_error_that_names_both(Type function, params string[] parts)
    {
        var failure = await FailsToStartAsync(function);

        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    private static async Task<FunctionsStartupException> FailsToStartAsync(Type function)
    {
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        return await Assert.ThrowsAsync<FunctionsStartupException>(() => TestApp.StartAsync(new TestAppOptions
        {
            Functions = [function],
            ServiceBusClient = client,
            Settings = new() { ["Bus"] = "local" },
        }));
    }

    public sealed class SessionsWanted
    {
        [Function("SessionsWanted")]
        public void Run([ServiceBusTrigger("events", "plain", Connection = "Bus", IsSessionsEnabled = true)] string message) => _ = message;
    }

    public sealed class SessionsUnwanted
    {
        [Function("SessionsUnwanted")]
        public void Run([ServiceBusTrigger("events", "sessions", Connection = "Bus")] string message) => _ = message;
    }

    public sealed class Nowhere
    {
        [Function("Nowhere")]
        public void Run([ServiceBusTrigger("events", "nowhere", Connection = "Bus")] string message) => _ = message;
    }
}
