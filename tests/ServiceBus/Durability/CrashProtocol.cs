using System.Text.Json;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>What crash tests say to a broker in another process: one request and one answer a line, in JSON.</summary>
internal static class CrashProtocol
{
    public const string Queue = "plain", Sessions = "sessions", Unique = "unique", Topic = "events", All = "events/Subscriptions/All",
        Even = "events/Subscriptions/Even", Source = "source", Target = "target";

    public const string Topology = """
        { "topics": [ { "name": "events", "maxSizeInMegabytes": 1024, "subscriptions": [
            { "name": "All", "lockDuration": "PT5S", "maxDeliveryCount": 2000 },
            { "name": "Even", "lockDuration": "PT5S", "maxDeliveryCount": 2000, "rules": [
              { "name": "even", "filterType": "SqlFilter", "sqlFilter": { "sqlExpression": "number % 2 = 0" } } ] } ] } ],
          "queues": [
            { "name": "plain", "lockDuration": "PT5S", "maxDeliveryCount": 2000 },
            { "name": "sessions", "requiresSession": true, "lockDuration": "PT5S", "maxDeliveryCount": 2000 },
            { "name": "unique", "requiresDuplicateDetection": true, "duplicateDetectionHistoryTimeWindow": "PT1H", "lockDuration": "PT5S", "maxDeliveryCount": 2000 },
            { "name": "source", "forwardTo": "target" },
            { "name": "target", "lockDuration": "PT5S", "maxDeliveryCount": 2000 } ] }
        """;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value);

    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line) ?? throw new InvalidDataException(line);
}

/// <summary>What is asked.</summary>
/// <param name="Do">send, schedule, cancel, receive, take (receive and delete), complete, dead-letter, accept, state, get-state, peek.</param>
/// <param name="Path">The entity.</param>
internal sealed record CrashRequest(string Do, string Path)
{
    public IReadOnlyList<int> Numbers { get; init; } = [];

    public string? Session { get; init; }

    public long Sequence { get; init; }

    public Guid Token { get; init; }

    public Guid SessionToken { get; init; }

    public int State { get; init; }

    public int Count { get; init; } = 1;
}

/// <summary>What it answers.</summary>
/// <param name="Done">Whether it was done; otherwise the outcome's name is <paramref name="Why"/>.</param>
/// <param name="Why">The outcome.</param>
internal sealed record CrashAnswer(bool Done, string Why)
{
    public IReadOnlyList<CrashMessage> Messages { get; init; } = [];

    public Guid SessionToken { get; init; }

    public int State { get; init; }
}

/// <summary>A message.</summary>
internal sealed record CrashMessage(int Number, long Sequence, Guid Token, string Place, int Deliveries);
