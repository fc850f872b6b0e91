using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>The condition of a patch, <c>FROM c WHERE …</c>.</summary>
internal static class PatchCondition
{
    /// <exception cref="RequestRefusedException">The condition can't be read.</exception>
    public static Func<JsonElement, bool> Compile(string text)
    {
        try
        {
            return SqlConditions.Compile(text);
        }
        catch (SqlSyntaxException broken)
        {
            throw new RequestRefusedException(400, 0, $"The condition of the patch can't be used: {broken.Message}");
        }
    }
}
