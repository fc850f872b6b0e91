using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>What a deployment would send to Azure, and what it looked at on the way.</summary>
/// <param name="sources">Where files come from.</param>
public sealed class Deployment(IBicepSources sources)
{
    /// <summary>Where files come from.</summary>
    public IBicepSources Sources => sources;

    /// <summary>Every resource, also those that are only referred to.</summary>
    public IList<DeployedResource> All { get; } = new List<DeployedResource>();

    /// <summary>Every module, the main file first.</summary>
    public IList<ModuleInstance> Modules { get; } = new List<ModuleInstance>();

    /// <summary>Every expression that was evaluated.</summary>
    public ISet<Expression> Visited { get; } = new HashSet<Expression>(ReferenceEqualityComparer.Instance);

    /// <summary>The resources that it makes.</summary>
    public IEnumerable<DeployedResource> Resources => All.Where(r => !r.IsExisting);

    /// <summary>The resources of a type that it makes.</summary>
    public IEnumerable<DeployedResource> Of(string type) => Resources.Where(r => r.Type == type);

    /// <summary>Deploys a file as <c>az deployment sub create</c> does.</summary>
    /// <exception cref="EvaluationException">The compiler or Azure would refuse it.</exception>
    public static Deployment Run(IBicepSources sources, string path, IEnumerable<KeyValuePair<string, Value>> parameters)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var deployment = new Deployment(sources);
        var main = new ModuleInstance(deployment, sources.Read(path), "main", Scopes.Subscription, [.. parameters]);
        main.Deploy();
        return deployment;
    }
}

/// <summary>Where files come from.</summary>
public interface IBicepSources
{
    /// <summary>A Bicep file.</summary>
    /// <param name="path">Relative to the root of the repository, with slashes.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    BicepFile Read(string path);

    /// <summary>The text of another file.</summary>
    /// <param name="path">Relative to the root of the repository, with slashes.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    string ReadText(string path);
}
