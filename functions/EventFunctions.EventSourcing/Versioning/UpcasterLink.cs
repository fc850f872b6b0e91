using System.Reflection;

namespace EventFunctions.EventSourcing;

/// <summary>An upcaster at its place between two schema versions.</summary>
/// <param name="Name">The event's present name.</param>
/// <param name="FromVersion">The schema version that it upcasts from; the next one is the result's.</param>
/// <param name="Shape">The retired shape.</param>
/// <param name="Upcaster">The upcaster.</param>
internal sealed record UpcasterLink(string Name, int FromVersion, Type Shape, IEventUpcaster Upcaster)
{
    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Whether the type upcasts.</summary>
    public static bool Concerns(Type type) => !type.IsInterface && typeof(IEventUpcaster).IsAssignableFrom(type);

    /// <summary>Whether the type is an upcaster that an assembly's search should find.</summary>
    public static bool IsConcrete(Type type) => !type.IsAbstract && Concerns(type);

    /// <summary>Creates the upcaster, or tells what keeps it from being one.</summary>
    public static (UpcasterLink? Link, string? Problem) Create(Type type)
    {
        if (type.IsAbstract || type.ContainsGenericParameters || type.GetConstructor(Constructors, []) is null)
        {
            return (null, $"{type.FullName} must be a concrete, non-generic class with a constructor without parameters.");
        }

        var upcaster = (IEventUpcaster)Activator.CreateInstance(type, nonPublic: true)!;
        return RetiredShape.ProblemOf(upcaster.Shape) is { } problem
            ? (null, $"{type.FullName} upcasts from a shape that cannot be one: {problem}")
            : (Of(upcaster, RetiredShape.AttributeOf(upcaster.Shape)!), null);
    }

    private static UpcasterLink Of(IEventUpcaster upcaster, RetiredEventAttribute shape) =>
        new(shape.Name, shape.SchemaVersion, upcaster.Shape, upcaster);
}
