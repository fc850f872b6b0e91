namespace EventFunctions.Local.Cosmos.Query;

/// <summary>A function of values to a value.</summary>
/// <param name="Name">Its name, in upper case.</param>
/// <param name="MinArguments">The fewest arguments it takes.</param>
/// <param name="MaxArguments">The most arguments it takes.</param>
/// <param name="Apply">What it gives; undefined for arguments of types it isn't defined for.</param>
internal sealed record SqlFunction(string Name, int MinArguments, int MaxArguments, Func<IReadOnlyList<SqlValue>, SqlValue> Apply)
{
    /// <summary>The most arguments of a function that takes any number.</summary>
    public const int AnyNumber = 200;
}

/// <summary>
/// The functions of the language that are supported ("System functions - Query language in Azure Cosmos DB"). How many arguments each
/// takes, the service's query planner told.
/// </summary>
internal static class SqlFunctions
{
    private static readonly Dictionary<string, SqlFunction> ByName =
        new[]
        {
            TypeFunctions.All, StringFunctions.All, StringSearchFunctions.All, StringConversionFunctions.All, MathFunctions.All, IntegerFunctions.All,
            ArrayFunctions.All, SetFunctions.All, ItemFunctions.All, DateTimeFunctions.All, DateTimeConversionFunctions.All,
        }
            .SelectMany(group => group)
            .ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A call of a function.</summary>
    /// <exception cref="SqlSyntaxException">There is no such function, or it doesn't take so many arguments.</exception>
    public static SqlExpression Find(string name, IReadOnlyList<SqlExpression> arguments, int position)
    {
        if (AmbientFunctions.ByName.TryGetValue(name, out var ambient))
        {
            return arguments.Count == 0 ? new SqlExpression.Ambient(ambient) : throw Count(name, "no", arguments.Count, position);
        }

        if (!ByName.TryGetValue(name, out var function))
        {
            throw SqlSyntaxException.NotSupported($"The function {name}", position);
        }

        return arguments.Count >= function.MinArguments && arguments.Count <= function.MaxArguments
            ? new SqlExpression.Call(function, arguments)
            : throw Count(function.Name, $"{function.MinArguments} to {function.MaxArguments}", arguments.Count, position);
    }

    private static SqlSyntaxException Count(string name, string expected, int found, int position) =>
        new($"{name.ToUpperInvariant()} takes {expected} arguments, not {found}", position);
}
