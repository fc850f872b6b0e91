namespace EventFunctions.EventSourcing;

/// <summary>Says which commands can lead to an event. Documentation for those who read events; a test holds it against the decisions.</summary>
/// <param name="commands">The types of the commands: all, and no other.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RaisedByAttribute(params Type[] commands) : Attribute
{
    /// <summary>The types of the commands.</summary>
    public IReadOnlyList<Type> Commands { get; } = commands;
}
