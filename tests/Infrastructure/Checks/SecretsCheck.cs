using System.Text.RegularExpressions;
using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Checks;

/// <summary>No key is read, written down or put out.</summary>
public static partial class SecretsCheck
{
    /// <summary>What in a Bicep file has to do with keys.</summary>
    public static IEnumerable<Finding> Run(BicepFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var expressions = file.Declarations.SelectMany(NameUse.Within).Select(u => u.Expression).ToList();
        var calls = from call in expressions.OfType<Call>()
                    where call.Function.StartsWith("list", StringComparison.OrdinalIgnoreCase) || call.Function == "getSecret"
                    select new Finding(call.At, $"'{call.Function}' reads a key or a secret; use an identity and a role");
        var outputs = from output in file.All<Output>()
                      where SecretName().IsMatch(output.Name) || output.Decorators.Any(d => d.Function == "secure")
                      select new Finding(output.At, $"the output '{output.Name}' would be kept, readable, in the history of deployments");
        return calls.Concat(outputs);
    }

    /// <summary>What in any file looks like a key.</summary>
    public static IEnumerable<Finding> Run(SourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return SecretText().Matches(source.Content).Select(m => new Finding(source.At(m.Index), $"'{m.Groups["name"].Value}' with a value is a key that is written down"));
    }

    [GeneratedRegex("(?<name>AccountKey|SharedAccessKey|SharedAccessSignature|InstrumentationKey)=(?![<$])[^;|'\"\\s]+|(?<name>[?&]sig)=\\w+", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex SecretText();

    [GeneratedRegex("(secret|password|key|connectionString)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex SecretName();
}
