namespace EventFunctions.EventSourcing;

/// <summary>A name that events of this type were stored under before the type was renamed; they are read as this type.</summary>
/// <param name="name">The former name. It never becomes the name or the alias of another type.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class EventTypeAliasAttribute(string name) : Attribute
{
    /// <summary>The former name.</summary>
    public string Name { get; } = name;
}
