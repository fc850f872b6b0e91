using System.Collections.Frozen;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Selects messages all of whose named properties are exactly as given, letter case included (Microsoft Learn, "Topic filters and
/// actions", "Correlation filters").
/// </summary>
internal sealed class CorrelationFilter : IMessageFilter
{
    private static readonly FrozenDictionary<string, Func<BrokerMessage, string?>> SystemProperties =
        new Dictionary<string, Func<BrokerMessage, string?>>(StringComparer.Ordinal)
        {
            ["correlationId"] = m => m.CorrelationId,
            ["messageId"] = m => m.MessageId,
            ["to"] = m => m.To,
            ["replyTo"] = m => m.ReplyTo,
            ["label"] = m => m.Subject,
            ["sessionId"] = m => m.SessionId,
            ["replyToSessionId"] = m => m.ReplyToSessionId,
            ["contentType"] = m => m.ContentType,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly (Func<BrokerMessage, string?> Read, string Expected)[] _system;
    private readonly KeyValuePair<string, object>[] _application;

    public CorrelationFilter(FilterDefinition.Correlation definition)
    {
        _system = [.. definition.SystemProperties.Select(p => (SystemProperties[p.Key], p.Value))];
        _application = [.. definition.Properties.Select(p => KeyValuePair.Create(p.Key, SqlValue.Of(p.Value) ?? p.Value))];
    }

    /// <summary>The names a definition may use beside application properties.</summary>
    public static IReadOnlyList<string> SystemPropertyNames => SystemProperties.Keys;

    /// <inheritdoc />
    public bool Selects(BrokerMessage message)
    {
        foreach (var (read, expected) in _system)
        {
            if (read(message) != expected)
            {
                return false;
            }
        }

        foreach (var (name, expected) in _application)
        {
            if (!message.Properties.TryGetValue(name, out var value) || SqlValue.Compare("=", SqlValue.Of(value), expected) != true)
            {
                return false;
            }
        }

        return true;
    }
}
