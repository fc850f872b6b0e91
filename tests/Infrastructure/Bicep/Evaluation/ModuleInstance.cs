using System.Collections.Immutable;
using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>A file with its parameters: what its names come to, each once and when it is asked for.</summary>
public sealed class ModuleInstance
{
    private readonly Dictionary<string, Value> _resolved = [];
    private readonly HashSet<string> _resolving = [];
    private readonly Evaluator _evaluator;

    internal ModuleInstance(
        Deployment deployment, BicepFile file, string name, string scope, IReadOnlyList<KeyValuePair<string, Value>> arguments)
    {
        (Deployment, File, Name, Scope, Arguments) = (deployment, file, name, scope, arguments);
        _evaluator = new Evaluator(this, ImmutableDictionary<string, Value>.Empty);
        deployment.Modules.Add(this);
    }

    /// <summary>What it is a part of.</summary>
    public Deployment Deployment { get; }

    /// <summary>What it declares.</summary>
    public BicepFile File { get; }

    /// <summary>The name of its deployment.</summary>
    public string Name { get; }

    /// <summary>The id of what it is deployed to.</summary>
    public string Scope { get; }

    /// <summary>What its parameters are given.</summary>
    public IReadOnlyList<KeyValuePair<string, Value>> Arguments { get; }

    /// <summary>What it puts out under a name.</summary>
    /// <exception cref="EvaluationException">The compiler or Azure would refuse it.</exception>
    /// <exception cref="InvalidOperationException">It puts out nothing under that name.</exception>
    public Value OutputOf(string name) => Resolve(File.All<Output>().Single(o => o.Name == name));

    /// <summary>Deploys everything in it.</summary>
    /// <exception cref="EvaluationException">The compiler or Azure would refuse it.</exception>
    internal void Deploy()
    {
        foreach (var declaration in File.Declarations.Where(d => d is not (Function or Output)))
        {
            Resolve(new Name(declaration.At, declaration.Name));
        }

        Outputs();
    }

    /// <summary>Its outputs, as the file that deploys it sees them.</summary>
    internal MapValue Outputs() => new([.. File.All<Output>().Select(o => KeyValuePair.Create(o.Name, Resolve(o).Deferred()))]);

    /// <summary>What a name comes to.</summary>
    /// <exception cref="EvaluationException">Nothing has that name, or it depends on itself.</exception>
    internal Value Resolve(Name name)
    {
        var declared = File.Declarations.FirstOrDefault(d => d.Name == name.Text && d is not Output)
            ?? throw new EvaluationException(name.At, $"nothing is named '{name.Text}'");
        return Resolve(declared);
    }

    private Value Resolve(Declaration declaration)
    {
        var key = declaration is Output ? $"output {declaration.Name}" : declaration.Name;
        if (_resolved.TryGetValue(key, out var value))
        {
            return value;
        }
        if (!_resolving.Add(key))
        {
            throw new EvaluationException(declaration.At, $"'{declaration.Name}' depends on itself");
        }

        value = declaration switch
        {
            Parameter parameter => Parameters.Bind(parameter, Arguments.FirstOrDefault(a => a.Key == parameter.Name).Value, _evaluator),
            Variable variable => _evaluator.Evaluate(variable.Value),
            Output output => _evaluator.Evaluate(output.Value),
            Deployable deployable => DeployAll(deployable),
            _ => throw new EvaluationException(declaration.At, $"'{declaration.Name}' is no value"),
        };
        _resolving.Remove(key);
        return _resolved[key] = value;
    }

    private Value DeployAll(Deployable deployable) => deployable.Repetition is null
        ? Deploy(deployable, _evaluator)
        : new ListValue([.. _evaluator.Rounds(deployable.Repetition).Select(round => Deploy(deployable, round))]);

    private Value Deploy(Deployable deployable, Evaluator evaluator)
    {
        if (deployable.Condition is { } condition)
        {
            switch (evaluator.Evaluate(condition))
            {
                case FlagValue { Flag: false }:
                    return new AbsentValue(deployable.Name);
                case FlagValue:
                    break;
                case var value:
                    throw new EvaluationException(condition.At, value.IsDeferred()
                        ? "whether it is deployed must be known before the deployment (BCP179)"
                        : $"a condition is true or false, and this is {value.Kind}");
            }
        }

        return deployable switch
        {
            Resource resource => new ResourceValue(new ResourceDeployment(this, resource, evaluator).Run()),
            Module nested => new ModuleValue(DeployModule(nested, evaluator)),
            _ => throw new ArgumentOutOfRangeException(nameof(deployable)),
        };
    }

    private ModuleInstance DeployModule(Module nested, Evaluator evaluator)
    {
        var header = evaluator.EvaluateObject(nested.Body, "params", "dependsOn");
        var arguments = nested.Body["params"] is { } given ? ((MapValue)evaluator.Evaluate(given)).Entries : [];
        Dependencies.Check(nested.Body, evaluator);
        var scope = header["scope"] is { } written
            ? Scopes.IdOf(written) ?? throw new EvaluationException(nested.At, $"'{written}' is no scope")
            : Scope;
        var instance = new ModuleInstance(
            Deployment, Deployment.Sources.Read(nested.Path), header["name"]?.ToString() ?? nested.Name, scope,
            [.. arguments.Where(a => a.Value is not NullValue).Select(a => KeyValuePair.Create(a.Key, a.Value.Known()))]);
        instance.Deploy();
        return instance;
    }
}
