using System.Text.Json;
using EventFunctions.Local.Host;

namespace EventFunctions.EndToEnd.Tests.Running;

/// <summary>The subscriptions of the declared topology, and what is in them.</summary>
internal static class Subscriptions
{
    /// <summary>Every topic with its subscriptions, as the declaration in the build output has them.</summary>
    public static IReadOnlyList<(string Topic, string Subscription)> All { get; } = Read();

    /// <summary>Messages that wait or are being worked on, over all subscriptions.</summary>
    public static long PendingOf(LocalRuntime runtime) => All.Sum(s => runtime.Broker.GetCounts(s.Topic, s.Subscription) is var counts
        ? counts.Active + counts.Locked + counts.Deferred + counts.Scheduled
        : 0);

    /// <summary>Messages with a receiver, over all subscriptions.</summary>
    public static long LockedOf(LocalRuntime runtime) => All.Sum(s => runtime.Broker.GetCounts(s.Topic, s.Subscription).Locked);

    /// <summary>Dead letters over all subscriptions.</summary>
    public static long DeadOf(LocalRuntime runtime) => All.Sum(s => runtime.Broker.GetCounts(s.Topic, s.Subscription).DeadLetter);

    private static List<(string Topic, string Subscription)> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "infra", "messaging.json")));
        return
        [
            .. from topic in file.RootElement.GetProperty("topics").EnumerateArray()
               from subscription in topic.GetProperty("subscriptions").EnumerateArray()
               select (topic.GetProperty("name").GetString()!, subscription.GetProperty("name").GetString()!),
        ];
    }
}
