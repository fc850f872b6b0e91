using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>The names of definitions in schemas.</summary>
internal static class SchemaName
{
    /// <summary>The type's name as lower-case words joined by hyphens, free of anything that only the code knows.</summary>
    public static string Of(Type type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name.Split('`')[0]);
}
