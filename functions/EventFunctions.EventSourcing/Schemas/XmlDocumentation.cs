using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EventFunctions.EventSourcing;

/// <summary>The texts of the documentation comments, from the XML file that the compiler writes beside an assembly.</summary>
public sealed partial class XmlDocumentation : ISchemaTexts
{
    private readonly FrozenDictionary<string, string> _summaries;

    private XmlDocumentation(IEnumerable<XDocument> documents) => _summaries = documents
        .SelectMany(d => d.Descendants("member"))
        .Where(m => m.Element("summary") is not null)
        .ToFrozenDictionary(m => (string)m.Attribute("name")!, m => TextOf(m.Element("summary")!), StringComparer.Ordinal);

    /// <summary>Reads documentation files.</summary>
    /// <param name="xml">Their texts.</param>
    public static XmlDocumentation Parse(params IEnumerable<string> xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return new XmlDocumentation([.. xml.Select(text => XDocument.Parse(text, LoadOptions.PreserveWhitespace))]);
    }

    /// <summary>Reads the documentation files of assemblies.</summary>
    /// <exception cref="FileNotFoundException">There is none beside an assembly.</exception>
    public static XmlDocumentation Of(params IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return Parse([.. assemblies.Select(a => File.ReadAllText(FileOf(a)))]);
    }

    /// <inheritdoc/>
    public string? OfType(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _summaries.GetValueOrDefault($"T:{NameOf(type)}");
    }

    /// <inheritdoc/>
    public string? OfProperty(Type type, string property)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _summaries.GetValueOrDefault($"P:{NameOf(type)}.{property}");
    }

    private static string FileOf(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path) ? path : throw new FileNotFoundException(
            $"There is no documentation file '{path}'. Build {assembly.GetName().Name} with GenerateDocumentationFile, and keep the file beside it.", path);
    }

    // A nested type's name has a '+' for the runtime and a '.' in documentation files.
    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string TextOf(XElement summary) => Blanks().Replace(string.Concat(summary.Nodes().Select(TextOf)), " ").Trim();

    private static string TextOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when (string?)element.Attribute("cref") is { } reference && element.IsEmpty => LastPartOf(reference),
        XElement element when (string?)element.Attribute("langword") is { } word => word,
        XElement element when (string?)element.Attribute("name") is { } name => JsonNamingPolicy.CamelCase.ConvertName(name),
        XElement element => string.Concat(element.Nodes().Select(TextOf)),
        _ => string.Empty,
    };

    /// <summary>What a person would call it: the name without its namespace and its parameters.</summary>
    private static string LastPartOf(string reference)
    {
        var name = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0];
        return name[(name.LastIndexOf('.') + 1)..].Split('`')[0];
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
