using Microsoft.AspNetCore.Http;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Values of the API's routes.</summary>
internal static class InstanceRoute
{
    /// <summary>The instance that the address names.</summary>
    public static string InstanceId(this HttpContext http) => Value(http, "instanceId")!;

    /// <summary>A value of the route; <see langword="null"/> if the address leaves it out.</summary>
    public static string? Value(this HttpContext http, string name) => http.Request.RouteValues[name] as string;
}
