using FluentValidation;
using FluentValidation.Results;

namespace EventFunctions.Http;

/// <summary>Turns what a validator finds into an answer.</summary>
public static class Validation
{
    /// <summary>Ends the request where the validator finds anything wrong.</summary>
    /// <exception cref="ProblemException">400 with every field's errors.</exception>
    public static void Check<T>(this IValidator<T> validator, T request)
    {
        ArgumentNullException.ThrowIfNull(validator);
        var result = validator.Validate(request);
        if (!result.IsValid)
        {
            throw new ProblemException(Problem.Invalid(ErrorsByField(result)));
        }
    }

    /// <summary>The messages of each field, under the field's path in the body.</summary>
    public static IReadOnlyDictionary<string, string[]> ErrorsByField(ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Errors
            .GroupBy(e => FieldPath(e.PropertyName), e => e.ErrorMessage, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
    }

    /// <summary><c>Lines[3].UnitPrice</c> is <c>lines[3].unitPrice</c> in the body; the body itself is <c>$</c>.</summary>
    private static string FieldPath(string propertyPath) =>
        propertyPath.Length == 0 ? "$" : string.Join('.', propertyPath.Split('.').Select(p => char.ToLowerInvariant(p[0]) + p[1..]));
}
