using System.Text.Json;
using System.Text.RegularExpressions;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Bicep.Syntax;
using Json = EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions.Json;

namespace EventFunctions.Infrastructure.Tests.Checks;

/// <summary>
/// The file of parameters that azd fills in: <c>${NAME}</c> and <c>${NAME=default}</c> stand for values of its environment
/// (https://learn.microsoft.com/azure/developer/azure-developer-cli/manage-environment-variables).
/// </summary>
public static partial class ParametersFileCheck
{
    /// <summary>What in the file does not fit the parameters it is for.</summary>
    public static IEnumerable<Finding> Run(SourceText parametersFile, BicepFile main)
    {
        ArgumentNullException.ThrowIfNull(parametersFile);
        ArgumentNullException.ThrowIfNull(main);
        var given = Parameters(parametersFile.Content).Select(p => p.Key).ToHashSet();
        var unknown = given.Where(name => main.All<Parameter>().All(p => p.Name != name))
            .Select(name => new Finding(parametersFile.At(parametersFile.Content.IndexOf($"\"{name}\"", StringComparison.Ordinal)), $"{main.Path} has no parameter '{name}'"));
        var missing = main.All<Parameter>().Where(p => !p.IsOptional && !given.Contains(p.Name))
            .Select(p => new Finding(new Location(parametersFile.Path, 1), $"the parameter '{p.Name}' is missing"));
        return unknown.Concat(missing);
    }

    /// <summary>The values of a file, with those of an environment filled in. What comes out empty is left to the default.</summary>
    /// <exception cref="JsonException">The file is no JSON, or not of that form.</exception>
    public static IEnumerable<KeyValuePair<string, Value>> Parameters(string content, IReadOnlyDictionary<string, string>? environment = null)
    {
        var filled = Reference().Replace(content, match =>
            environment?.GetValueOrDefault(match.Groups["name"].Value) ?? match.Groups["default"].Value);
        using var document = JsonDocument.Parse(filled);
        return document.RootElement.GetProperty("parameters").EnumerateObject()
            .Select(p => KeyValuePair.Create(p.Name, Json.Of(p.Value.GetProperty("value")))).ToList();
    }

    /// <summary>The value as azd passes it on: texts become numbers and truth values where the parameter is one (armParameterFileValue in azd's source).</summary>
    public static Value AsAzdConverts(Value value, string? type)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (type, value) switch
        {
            ("int", TextValue text) when long.TryParse(text.Text, out var number) => new NumberValue(number),
            ("bool", TextValue text) when bool.TryParse(text.Text, out var flag) => new FlagValue(flag),
            _ => value,
        };
    }

    /// <summary>The names of the environment's values that a file asks for, each with its default, or null.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> References(string content) => Reference().Matches(content)
        .Select(m => KeyValuePair.Create(m.Groups["name"].Value, m.Groups["default"].Success ? m.Groups["default"].Value : null)).Distinct();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(=(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Reference();
}
