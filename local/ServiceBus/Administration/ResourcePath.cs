using System.Text.RegularExpressions;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>What a request is about.</summary>
internal abstract partial record ResourcePath
{
    private ResourcePath()
    {
    }

    /// <summary>Takes a path apart. Names of queues and topics may have slashes in them, so it is read from its end.</summary>
    /// <exception cref="AdministrationException">There is no such resource.</exception>
    public static ResourcePath Parse(string path)
    {
        var trimmed = path.Trim('/');
        if (trimmed.StartsWith('$'))
        {
            return trimmed.ToUpperInvariant() switch
            {
                "$NAMESPACEINFO" => new Namespace(),
                "$RESOURCES/QUEUES" => new Queues(),
                "$RESOURCES/TOPICS" => new Topics(),
                _ => throw AdministrationException.NotFound($"The resource '{trimmed}'"),
            };
        }

        var match = Pattern().Match(trimmed);
        var (entity, subscription, rule) = (match.Groups["entity"], match.Groups["subscription"], match.Groups["rule"]);
        return !match.Success ? throw AdministrationException.NotFound($"The resource '{trimmed}'")
            : rule.Success ? new Rule(entity.Value, subscription.Value, rule.Value)
            : match.Groups["rules"].Success ? new Rules(entity.Value, subscription.Value)
            : subscription.Success ? new Subscription(entity.Value, subscription.Value)
            : match.Groups["subscriptions"].Success ? new Subscriptions(entity.Value)
            : new Entity(entity.Value);
    }

    [GeneratedRegex(
        "^(?<entity>.+?)(?<subscriptions>/subscriptions(/(?<subscription>[^/]+)(?<rules>/rules(/(?<rule>[^/]+))?)?)?)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();

    public sealed record Namespace : ResourcePath;

    public sealed record Queues : ResourcePath;

    public sealed record Topics : ResourcePath;

    public sealed record Entity(string Name) : ResourcePath;

    public sealed record Subscriptions(string Topic) : ResourcePath;

    public sealed record Subscription(string Topic, string Name) : ResourcePath;

    public sealed record Rules(string Topic, string Parent) : ResourcePath;

    public sealed record Rule(string Topic, string Parent, string Name) : ResourcePath;
}
