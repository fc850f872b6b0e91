namespace EventFunctions.Integration.Contracts;

/// <summary>
/// Something that happened in the shop, as it is told to others: a public, versioned contract without personal data. It knows
/// nothing of the events inside a context, which may change their shape at any time.
/// </summary>
public abstract record IntegrationEvent
{
    private protected IntegrationEvent()
    {
    }
}

/// <summary>Gives a contract the name and the version that others know it by, independent of its CLR name.</summary>
/// <param name="name">Lower-case words joined by hyphens, in parts joined by dots, e.g. <c>shop.order.placed</c>.</param>
/// <param name="version">
/// 1 or more. A property that may be missing can be added to a version; any other change is a new version beside the former one,
/// which is sent until nobody listens to it any more.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContractAttribute(string name, int version = 1) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The version.</summary>
    public int Version { get; } = version;

    /// <summary>Name and version as one word: the <c>type</c> of the CloudEvent, e.g. <c>shop.order.placed.v1</c>.</summary>
    public string Type => $"{Name}.v{Version}";
}
