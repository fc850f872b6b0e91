using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EventFunctions.EventSourcing;

/// <summary>The texts of the documentation comments, from the XML file that the compiler writes beside an assembly.</summary>
public sealed partial class XmlDocumentation : ISchemaTexts
{
    private readonly FrozenDictionary<string, string> _summaries;

    private readonly IReadOnlyList<Assembly> _assemblies;

    private XmlDocumentation(IEnumerable<string> xml, IReadOnlyList<Assembly> assemblies)
    {
        _assemblies = assemblies;
        _summaries = xml
            .SelectMany(text => XDocument.Parse(text, LoadOptions.PreserveWhitespace).Descendants("member"))
            .Where(m => m.Element("summary") is not null)
            .DistinctBy(m => (string)m.Attribute("name")!, StringComparer.Ordinal) // Generated helpers are called the same in every assembly.
            .ToFrozenDictionary(m => (string)m.Attribute("name")!, m => TextOf(m.Element("summary")!), StringComparer.Ordinal);
    }

    /// <summary>Reads documentation files.</summary>
    /// <param name="xml">Their texts.</param>
    /// <param name="assemblies">Where the values of constants are looked up that the texts refer to.</param>
    public static XmlDocumentation Parse(IReadOnlyList<string> xml, params IReadOnlyList<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(xml);
        ArgumentNullException.ThrowIfNull(assemblies);
        return new XmlDocumentation(xml, assemblies);
    }

    /// <summary>Reads the documentation files of assemblies.</summary>
    /// <exception cref="FileNotFoundException">There is none beside an assembly.</exception>
    public static XmlDocumentation Of(params IReadOnlyList<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return new XmlDocumentation([.. assemblies.Select(a => File.ReadAllText(FileOf(a)))], assemblies);
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

    /// <summary>What a method does; <see langword="null"/> where nothing is written about it. A method of the type that has its name once.</summary>
    public string? OfMethod(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var beginning = $"M:{NameOf(method.DeclaringType!)}.{method.Name}";
        return _summaries.FirstOrDefault(s => s.Key == beginning || s.Key.StartsWith(beginning + "(", StringComparison.Ordinal)).Value;
    }

    private static string FileOf(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path) ? path : throw new FileNotFoundException(
            $"There is no documentation file '{path}'. Build {assembly.GetName().Name} with GenerateDocumentationFile, and keep the file beside it.", path);
    }

    // A nested type's name has a '+' for the runtime and a '.' in documentation files.
    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private string TextOf(XElement summary) => Blanks().Replace(string.Concat(summary.Nodes().Select(TextOf)), " ").Trim();

    private string TextOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when (string?)element.Attribute("cref") is { } reference && element.IsEmpty => ConstantOf(reference) ?? LastPartOf(reference),
        XElement element when (string?)element.Attribute("langword") is { } word => word,
        XElement element when (string?)element.Attribute("name") is { } name => JsonNamingPolicy.CamelCase.ConvertName(name),
        XElement element => string.Concat(element.Nodes().Select(TextOf)),
        _ => string.Empty,
    };

    /// <summary>The value of a constant: who reads schemas has no code to look it up. The members of an enumeration stand for themselves.</summary>
    private string? ConstantOf(string reference)
    {
        if (!reference.StartsWith("F:", StringComparison.Ordinal) || reference.LastIndexOf('.') is not (> 2 and var dot))
        {
            return null;
        }

        var type = _assemblies.Select(a => a.GetType(reference[2..dot])).FirstOrDefault(t => t is { IsEnum: false });
        var value = type?.GetField(reference[(dot + 1)..], BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        return value is string or int or long or decimal ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>What a person would call it: the name without its namespace and its parameters.</summary>
    private static string LastPartOf(string reference)
    {
        var name = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0];
        return name[(name.LastIndexOf('.') + 1)..].Split('`')[0];
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
