using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EventFunctions.EventSourcing;

/// <summary>Builds the shape of a type's personal data, and finds what is wrong with its marks.</summary>
internal sealed class PersonalDataMapBuilder
{
    private readonly Dictionary<Type, PersonalDataShape> _shapes = [];
    private readonly List<string> _problems = [];

    /// <summary>What is wrong with the marks of what was built.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The shape of a type; <see langword="null"/> where it leads to no personal data.</summary>
    public PersonalDataShape? Build(Type type)
    {
        var root = ShapeOf(type);
        Prune();
        return LeadsSomewhere(root) ? root : null;
    }

    /// <summary>Whether a property, one that it overrides, or the parameter of the record it stands for has the attribute.</summary>
    public static bool IsMarked<TAttribute>(JsonPropertyInfo property)
        where TAttribute : Attribute =>
        IsMarked<TAttribute>(property.AttributeProvider) || IsMarked<TAttribute>(property.AssociatedParameter?.AttributeProvider);

    private static bool IsMarked<TAttribute>(ICustomAttributeProvider? provider)
        where TAttribute : Attribute => provider switch
        {
            // Unlike the provider itself this looks at what a property overrides.
            MemberInfo member => Attribute.IsDefined(member, typeof(TAttribute), inherit: true),
            null => false,
            _ => provider.IsDefined(typeof(TAttribute), inherit: true),
        };

    private static bool LeadsSomewhere(PersonalDataShape shape) => shape.IsPersonal || shape.Properties.Count > 0 || shape.Elements is not null;

    private PersonalDataShape ShapeOf(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (_shapes.TryGetValue(type, out var known))
        {
            return known;
        }
        var shape = new PersonalDataShape();
        _shapes.Add(type, shape);
        var info = EventJson.Options.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                AddProperties(shape, info);
                break;
            case JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary when info.ElementType is { } element:
                shape.Elements = ShapeOf(element);
                break;
            default:
                CheckLeaf(type);
                break;
        }
        return shape;
    }

    private void AddProperties(PersonalDataShape shape, JsonTypeInfo info)
    {
        foreach (var property in info.Properties.Where(p => p.Get is not null))
        {
            var isPersonal = IsMarked<PersonalDataAttribute>(property);
            if (isPersonal)
            {
                CheckErasable(info.Type, property);
            }
            shape.Properties[property.Name] = isPersonal ? new PersonalDataShape { IsPersonal = true } : ShapeOf(property.PropertyType);
        }
        foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? [])
        {
            foreach (var (name, child) in ShapeOf(derived.DerivedType).Properties)
            {
                // Marked in one of the derived types: sealed in all of them, for the JSON alone does not tell which it is.
                shape.Properties[name] = shape.Properties.TryGetValue(name, out var other) && other.IsPersonal ? other : child;
            }
        }
    }

    private void CheckErasable(Type owner, JsonPropertyInfo property)
    {
        try
        {
            JsonSerializer.Deserialize($"\"{ErasedText.Value}\"", property.PropertyType, EventJson.Options);
        }
        catch (Exception exception) when (DataMisfit.Is(exception))
        {
            _problems.Add(
                $"{owner}.{property.Name} is personal data and cannot be read as \"{ErasedText.Value}\", which it will be once the person is erased. "
                + "Give its type an erased form, or mark texts within it.");
        }
    }

    // A converter of its own writes what it likes, so what is marked inside would not be found.
    private void CheckLeaf(Type type)
    {
        if (type.GetProperties().Any(p => Attribute.IsDefined(p, typeof(PersonalDataAttribute), inherit: true)))
        {
            _problems.Add($"{type} has personal data and a converter of its own; mark the properties of this type instead of those within it.");
        }
    }

    private void Prune()
    {
        // What leads nowhere is left out, from the ends inwards, until nothing more is.
        for (var pruned = true; pruned;)
        {
            pruned = false;
            foreach (var shape in _shapes.Values)
            {
                foreach (var name in shape.Properties.Where(p => !Reaches(p.Value, [])).Select(p => p.Key).ToList())
                {
                    pruned |= shape.Properties.Remove(name);
                }
                if (shape.Elements is { } elements && !Reaches(elements, []))
                {
                    shape.Elements = null;
                    pruned = true;
                }
            }
        }
    }

    private static bool Reaches(PersonalDataShape shape, HashSet<PersonalDataShape> seen) =>
        shape.IsPersonal
        || (seen.Add(shape) && (shape.Properties.Values.Any(p => Reaches(p, seen)) || (shape.Elements is { } e && Reaches(e, seen))));
}
