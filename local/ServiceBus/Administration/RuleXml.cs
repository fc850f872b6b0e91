using System.Xml.Linq;
using static EventFunctions.Local.ServiceBus.Administration.DescriptionWriter;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Rules as the administration describes them.</summary>
internal static class RuleXml
{
    public const string Root = "RuleDescription";

    /// <summary>What filters of correlation compare, by the names of the administration and of the topology.</summary>
    private static readonly (string Element, string Name)[] SystemProperties =
    [
        ("CorrelationId", "correlationId"), ("MessageId", "messageId"), ("To", "to"), ("ReplyTo", "replyTo"), ("Label", "label"),
        ("SessionId", "sessionId"), ("ReplyToSessionId", "replyToSessionId"), ("ContentType", "contentType"),
    ];

    /// <summary>A rule that is to be made, or changed to be so.</summary>
    /// <param name="name">Its name, where the description has none.</param>
    /// <param name="description">What was sent.</param>
    /// <exception cref="AdministrationException">A value is of no use.</exception>
    public static RuleDefinition Read(string name, XElement description)
    {
        var reader = new DescriptionReader(description);
        var filter = reader.Element("Filter") is { } element ? Filter(element) : RuleReader.Default.Filter;
        return new RuleDefinition(reader.Text("Name") ?? name, filter, reader.Element("Action") is { } action ? Action(action) : null);
    }

    /// <summary>A rule as it is.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="createdAt">When its subscription was made; the broker does not know more.</param>
    public static XElement Write(RuleDefinition rule, DateTimeOffset createdAt) => new(
        Atom.ServiceBus + Root,
        Write(rule.Filter),
        rule.Action is { } action
            ? new XElement(Atom.ServiceBus + "Action", Kind("SqlRuleAction"), Of("SqlExpression", action.SqlExpression), ValueXml.Write("Parameters", action.Parameters))
            : new XElement(Atom.ServiceBus + "Action", Kind("EmptyRuleAction")),
        Of("Name", rule.Name),
        Of("CreatedAt", createdAt));

    private static XElement Write(FilterDefinition filter) => filter switch
    {
        FilterDefinition.Sql sql => new XElement(
            Atom.ServiceBus + "Filter", Kind("SqlFilter"), Of("SqlExpression", sql.SqlExpression), Of("CompatibilityLevel", 20),
            ValueXml.Write("Parameters", sql.Parameters)),
        FilterDefinition.Correlation correlation => new XElement(
            Atom.ServiceBus + "Filter", Kind("CorrelationFilter"),
            SystemProperties.Select(property => If(property.Element, correlation.SystemProperties.GetValueOrDefault(property.Name))),
            ValueXml.Write("Properties", correlation.Properties)),
        _ => throw new InvalidOperationException($"There is no description of a {filter.GetType().Name}."),
    };

    private static FilterDefinition Filter(XElement element)
    {
        var reader = new DescriptionReader(element);
        return KindOf(element) switch
        {
            "SqlFilter" => new FilterDefinition.Sql(
                reader.Text("SqlExpression") ?? throw AdministrationException.BadRequest("A SqlFilter has no SqlExpression."),
                ValueXml.Read(reader.Element("Parameters"))),
            "TrueFilter" => new FilterDefinition.Sql("1=1"),
            "FalseFilter" => new FilterDefinition.Sql("1=0"),
            "CorrelationFilter" => new FilterDefinition.Correlation(
                SystemProperties.Where(property => reader.Text(property.Element) is not null)
                    .ToDictionary(property => property.Name, property => reader.Text(property.Element)!, StringComparer.Ordinal),
                ValueXml.Read(reader.Element("Properties")) ?? BrokerMessage.NoProperties),
            var other => throw AdministrationException.BadRequest($"There is no filter of type '{other}'."),
        };
    }

    private static ActionDefinition? Action(XElement element)
    {
        var reader = new DescriptionReader(element);
        return KindOf(element) switch
        {
            null or "EmptyRuleAction" => null,
            "SqlRuleAction" => new ActionDefinition(
                reader.Text("SqlExpression") ?? throw AdministrationException.BadRequest("A SqlRuleAction has no SqlExpression."),
                ValueXml.Read(reader.Element("Parameters"))),
            var other => throw AdministrationException.BadRequest($"There is no action of type '{other}'."),
        };
    }

    private static XAttribute Kind(string name) => new(Atom.Instance + "type", name);

    private static string? KindOf(XElement element) => element.Attribute(Atom.Instance + "type")?.Value;
}
