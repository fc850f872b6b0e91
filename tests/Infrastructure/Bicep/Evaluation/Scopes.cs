namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>The ids of what is deployed to, of which only the form matters here.</summary>
internal static class Scopes
{
    /// <summary>The subscription that every check deploys to.</summary>
    public const string Subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";

    /// <summary>The resource group of a name.</summary>
    public static string ResourceGroup(string name) => $"{Subscription}/resourceGroups/{name}";

    /// <summary>The id that an expression for a scope stands for: a resource, or what <c>resourceGroup()</c> and its like return.</summary>
    public static string? IdOf(Value scope) => scope switch
    {
        ResourceValue resource => resource.Resource.Id,
        MapValue map => map["id"]?.ToString(),
        _ => null,
    };
}
