using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Http;

/// <summary>A route as an HTTP trigger declares it: its template and the constraints in it.</summary>
internal sealed class ApiRoute
{
    private static readonly DefaultInlineConstraintResolver Constraints = Resolver();

    private readonly TemplateMatcher _template;
    private readonly IReadOnlyList<(string Parameter, IRouteConstraint Constraint)> _constraints;

    /// <summary>Reads a template.</summary>
    public ApiRoute(string template)
    {
        var parsed = TemplateParser.Parse(template);
        _template = new TemplateMatcher(parsed, []);
        _constraints =
        [
            .. from parameter in parsed.Parameters
               from inline in parameter.InlineConstraints
               select (parameter.Name!, Constraints.ResolveConstraint(inline.Constraint)
                   ?? throw new InvalidOperationException($"The route '{template}' has a constraint that nobody knows: '{inline.Constraint}'.")),
        ];
    }

    /// <summary>Whether an address, relative to the API's base, is one of the route.</summary>
    public bool Fits(string path)
    {
        var values = new RouteValueDictionary();
        return _template.TryMatch($"/{path}", values)
            && _constraints.All(c => c.Constraint.Match(null, null, c.Parameter, values, RouteDirection.IncomingRequest));
    }

    private static DefaultInlineConstraintResolver Resolver()
    {
        var options = new RouteOptions();
        options.SetParameterPolicy<RegexInlineRouteConstraint>("regex");
        return new DefaultInlineConstraintResolver(Options.Create(options), new ServiceCollection().BuildServiceProvider());
    }
}
