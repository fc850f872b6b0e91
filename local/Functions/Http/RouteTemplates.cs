using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace EventFunctions.Local.Functions.Http;

/// <summary>Reads the route templates of HTTP functions.</summary>
internal static class RouteTemplates
{
    /// <summary>
    /// Reads a template; null if it is none, which is then reported. A constraint nobody knows is found here: the router would find
    /// it at the first request, and fail every request of every function with it.
    /// </summary>
    public static RoutePattern? Parse(string template, string function, ParameterPolicyFactory policies, ICollection<string> problems)
    {
        try
        {
            var pattern = RoutePatternFactory.Parse(template);
            foreach (var parameter in pattern.Parameters)
            {
                foreach (var policy in parameter.ParameterPolicies)
                {
                    policies.Create(parameter, policy);
                }
            }

            return pattern;
        }
        catch (RoutePatternException exception)
        {
            problems.Add($"Function '{function}': route '{template}' is not a route template: {exception.Message} Correct it.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or RouteCreationException or FormatException or ArgumentException)
        {
            problems.Add(
                $"Function '{function}': route '{template}' has a constraint that can't be used: {exception.Message} "
                + "Use those of ASP.NET Core's routing, e.g. {id:int}, {id:guid}, {id:length(1,40)}.");
        }

        return null;
    }
}
