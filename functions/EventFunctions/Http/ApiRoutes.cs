using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Http;

/// <summary>The addresses of the API, as its HTTP triggers declare them.</summary>
public sealed class ApiRoutes
{
    private readonly IReadOnlyList<(ApiRoute Route, IReadOnlyList<string> Methods)> _routes =
    [
        .. from type in typeof(ApiRoutes).Assembly.GetTypes()
           from method in type.GetMethods()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           let route = trigger?.Route
           let methods = trigger?.Methods ?? []
           where route is not null && methods.Length > 0
           select (new ApiRoute(route), (IReadOnlyList<string>)[.. methods.Select(m => m.ToUpperInvariant())]),
    ];

    /// <summary>The methods that an address takes; none if there is no such address.</summary>
    /// <param name="path">Relative to the API's base.</param>
    public IReadOnlyList<string> MethodsOf(string path) =>
    [
        .. _routes.Where(r => r.Route.Fits(path)).SelectMany(r => r.Methods)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
