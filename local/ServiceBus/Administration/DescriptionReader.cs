using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Reads the elements of a description. What is not there is left to its default.</summary>
internal sealed class DescriptionReader(XElement description)
{
    /// <summary>Text.</summary>
    public string? Text(string name) => description.Element(Atom.ServiceBus + name)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>Yes or no.</summary>
    /// <exception cref="AdministrationException">It is neither.</exception>
    public bool Flag(string name, bool otherwise) => Read(name, otherwise, text => bool.TryParse(text, out var flag) ? flag : null, "true or false");

    /// <summary>A whole number.</summary>
    /// <exception cref="AdministrationException">It is none.</exception>
    public int Number(string name, int otherwise) => Read(
        name, otherwise, text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null, "a whole number");

    /// <summary>A duration of XML Schema; one that is longer than any here lasts for ever.</summary>
    /// <exception cref="AdministrationException">It is none.</exception>
    public TimeSpan Duration(string name, TimeSpan otherwise) => Read(name, otherwise, Duration, "a duration such as PT1M");

    /// <summary>What the entity lets be done.</summary>
    /// <exception cref="AdministrationException">There is no such state.</exception>
    public EntityStatus Status() => Read(
        "Status", EntityStatus.Active, text => Enum.TryParse<EntityStatus>(text, out var status) && Enum.IsDefined(status) ? status : null, "a status");

    /// <summary>The entity that messages go on to: a path, or the address of one.</summary>
    public string? Entity(string name) => Text(name) is { } address ? Uri.UnescapeDataString(Amqp.SharedAccessToken.PathOf(address)) : null;

    /// <summary>An element with elements of its own.</summary>
    public XElement? Element(string name) => description.Element(Atom.ServiceBus + name);

    private static TimeSpan? Duration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
        catch (OverflowException)
        {
            return TimeSpan.MaxValue;
        }
    }

    private T Read<T>(string name, T otherwise, Func<string, T?> parse, string expected)
        where T : struct => Text(name) is not { } text ? otherwise
            : parse(text) ?? throw AdministrationException.BadRequest($"{description.Name.LocalName}.{name} is '{text}', and has to be {expected}.");
}
