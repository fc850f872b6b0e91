using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Checks;

/// <summary>Whether the configurations that are checked reach everything: what none of them reaches is not checked.</summary>
public static class CoverageCheck
{
    /// <summary>The resources, modules and branches that no deployment evaluates.</summary>
    public static IEnumerable<Finding> Run(IEnumerable<BicepFile> files, IEnumerable<Deployment> deployments)
    {
        ArgumentNullException.ThrowIfNull(files);
        var visited = deployments.SelectMany(d => d.Visited).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var declaration in files.SelectMany(f => f.Declarations))
        {
            // The body of a resource is taken apart and so not visited itself.
            if (declaration is Deployable deployable && !deployable.Body.Properties.Any(p => visited.Contains(p.Value)))
            {
                yield return new Finding(declaration.At, $"no configuration of the checks deploys '{declaration.Name}'");
                continue;
            }

            foreach (var choice in NameUse.Within(declaration).Select(u => u.Expression).OfType<Choice>().Where(visited.Contains))
            {
                foreach (var branch in new[] { choice.WhenTrue, choice.WhenFalse }.Where(b => !visited.Contains(b)))
                {
                    yield return new Finding(branch.At, "no configuration of the checks takes this branch");
                }
            }
        }
    }
}
