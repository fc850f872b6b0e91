namespace EventFunctions.Local.Cosmos.Query;

/// <summary>A function of values to a value.</summary>
/// <param name="Name">Its name, in upper case.</param>
/// <param name="MinArguments">The fewest arguments it takes.</param>
/// <param name="MaxArguments">The most arguments it takes.</param>
/// <param name="Apply">What it gives; undefined for arguments of types it isn't defined for.</param>
internal sealed record SqlFunction(string Name, int MinArguments, int MaxArguments, Func<IReadOnlyList<SqlValue>, SqlValue> Apply);

/// <summary>The functions of the language that are supported ("System functions - Query language in Azure Cosmos DB").</summary>
internal static class SqlFunctions
{
    private static readonly Dictionary<string, SqlFunction> ByName =
        new[] { TypeFunctions.All, StringFunctions.All, MathFunctions.All, ArrayFunctions.All }
            .SelectMany(group => group)
            .ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="SqlSyntaxException">There is no such function, or it doesn't take so many arguments.</exception>
    public static SqlFunction Find(string name, int arguments, int position)
    {
        if (!ByName.TryGetValue(name, out var function))
        {
            throw SqlSyntaxException.NotSupported($"The function {name}", position);
        }

        return arguments >= function.MinArguments && arguments <= function.MaxArguments
            ? function
            : throw new SqlSyntaxException($"{function.Name} takes {function.MinArguments} to {function.MaxArguments} arguments, not {arguments}", position);
    }
}
