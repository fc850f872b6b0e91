using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration;

/// <summary>A contract: the name that others know it by, and its shape.</summary>
/// <param name="Type">Name and version, e.g. <c>shop.order.placed.v1</c>.</param>
/// <param name="Shape">The record.</param>
public sealed record IntegrationContract(string Type, Type Shape)
{
    /// <summary>Identifies the JSON Schema of the data: the <c>dataschema</c> of the CloudEvent. It is a name, not an address to visit.</summary>
    public string SchemaId => $"urn:eventfunctions:integration-events:{Type}";
}

/// <summary>Every contract that the shop publishes.</summary>
public sealed class IntegrationContracts
{
    private readonly FrozenDictionary<Type, IntegrationContract> _byShape;
    private readonly FrozenDictionary<string, IntegrationContract> _byType;

    /// <summary>Finds the contracts among the types of this assembly.</summary>
    /// <exception cref="InvalidOperationException">A contract has no name, or two have the same one.</exception>
    public IntegrationContracts()
    {
        All =
        [
            .. typeof(IntegrationEvent).Assembly.GetTypes()
                .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IntegrationEvent)))
                .Select(t => new IntegrationContract(
                    t.GetCustomAttribute<ContractAttribute>()?.Type ?? throw new InvalidOperationException($"{t.Name} has no name. Mark it [Contract(...)]."), t))
                .OrderBy(c => c.Type, StringComparer.Ordinal),
        ];
        if (All.CountBy(c => c.Type, StringComparer.Ordinal).FirstOrDefault(c => c.Value > 1) is { Key: { } doubled })
        {
            throw new InvalidOperationException($"Two contracts are named '{doubled}'. Give one of them another name or version.");
        }

        _byShape = All.ToFrozenDictionary(c => c.Shape);
        _byType = All.ToFrozenDictionary(c => c.Type, StringComparer.Ordinal);
    }

    /// <summary>All of them, ordered by type.</summary>
    public IReadOnlyList<IntegrationContract> All { get; }

    /// <summary>The contract of an event.</summary>
    public IntegrationContract Of(IntegrationEvent data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return _byShape[data.GetType()];
    }

    /// <summary>The contract of a type's name, or that there is none.</summary>
    public bool TryGet(string type, [NotNullWhen(true)] out IntegrationContract? contract) => _byType.TryGetValue(type, out contract);
}
