using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;

/// <summary>A function of Bicep. Its arguments are known values, none deferred.</summary>
/// <exception cref="ArgumentException">They are not what it works on.</exception>
internal delegate Value BuiltIn(CallSite site, IReadOnlyList<Value> arguments);

/// <summary>Where a function is called.</summary>
internal sealed record CallSite(Location At, ModuleInstance Module);

/// <summary>
/// The functions of Bicep that infra/ uses or may use (https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions).
/// Those that read keys (<c>listKeys</c> and its like) are left out on purpose.
/// </summary>
internal static class BuiltIns
{
    private static readonly Dictionary<string, BuiltIn> ByName = new[] { TextFunctions.All, CollectionFunctions.All, FileFunctions.All, ScopeFunctions.All }
        .SelectMany(functions => functions).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    /// <summary>The function of a name; null where none is known.</summary>
    public static BuiltIn? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A text, known or not.</summary>
    internal static string Text(this IReadOnlyList<Value> arguments, int index) => arguments[index] switch
    {
        TextValue or UnknownValue or NumberValue or FlagValue => $"{arguments[index]}",
        var other => throw new ArgumentException($"expected a string and got {other.Kind}", nameof(arguments)),
    };

    internal static int Number(this IReadOnlyList<Value> arguments, int index) => arguments[index] is NumberValue number
        ? (int)number.Number
        : throw new ArgumentException($"expected an int and got {arguments[index].Kind}", nameof(arguments));

    internal static IReadOnlyList<Value> List(this IReadOnlyList<Value> arguments, int index) => arguments[index] is ListValue list
        ? list.Items
        : throw new ArgumentException($"expected an array and got {arguments[index].Kind}", nameof(arguments));

    internal static MapValue Map(this IReadOnlyList<Value> arguments, int index) => arguments[index] is MapValue map
        ? map
        : throw new ArgumentException($"expected an object and got {arguments[index].Kind}", nameof(arguments));

    internal static Func<IReadOnlyList<Value>, Value> Function(this IReadOnlyList<Value> arguments, int index) => arguments[index] is LambdaValue lambda
        ? lambda.Invoke
        : throw new ArgumentException($"expected a lambda and got {arguments[index].Kind}", nameof(arguments));
}
