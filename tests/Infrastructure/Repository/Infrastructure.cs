using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Syntax;
using EventFunctions.Infrastructure.Tests.ResourceTypes;
using EventFunctions.Infrastructure.Tests.Settings;

namespace EventFunctions.Infrastructure.Tests.Repository;

/// <summary>What infra/ would deploy, for every test that looks at it: parsed once and deployed once in every configuration.</summary>
public sealed class Infrastructure : IDisposable
{
    /// <summary>The file that is deployed.</summary>
    public const string Main = "infra/main.bicep";

    private readonly Dictionary<string, Deployment> _deployments = [];
    private readonly Lazy<BicepParser> _parser = new(() => new BicepParser(BicepFactAttribute.Folder));
    private readonly Lazy<KnownSettings> _settings = new(() => new KnownSettings());
    private readonly Lazy<RepositoryFiles> _files;

    /// <summary>Parses nothing until it is asked.</summary>
    public Infrastructure() => _files = new(() => new RepositoryFiles(Parser));

    /// <summary>The parser.</summary>
    public BicepParser Parser => _parser.Value;

    /// <summary>The files.</summary>
    public RepositoryFiles Files => _files.Value;

    /// <summary>The resource types that may be used.</summary>
    public ResourceTypeTable Types { get; } = ResourceTypeTable.Load(RepositoryFiles.Full("tests/Infrastructure/ResourceTypes/Table"));

    /// <summary>Who reads which setting.</summary>
    public KnownSettings Settings => _settings.Value;

    /// <summary>What would be deployed in a configuration.</summary>
    /// <exception cref="EvaluationException">The compiler or Azure would refuse it.</exception>
    public Deployment Deploy(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (!_deployments.TryGetValue(configuration.Name, out var deployment))
        {
            _deployments[configuration.Name] = deployment = Deployment.Run(Files, Main, configuration.Parameters(Files));
        }

        return deployment;
    }

    /// <summary>What would be deployed in every configuration.</summary>
    public IEnumerable<(Configuration Configuration, Deployment Deployment)> All() => Configuration.All.Select(c => (c, Deploy(c)));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_parser.IsValueCreated)
        {
            _parser.Value.Dispose();
        }
    }
}

/// <summary>The tests that share one parser and one set of deployments; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class InfrastructureCollection : ICollectionFixture<Infrastructure>
{
    /// <summary>Its name.</summary>
    public const string Name = "infra";
}
