using System.Reflection;
using System.Runtime.CompilerServices;

namespace EventFunctions.Local.Functions.Tests.Surface;

/// <summary>What code that uses a type can depend on: its members with modifiers, types, nullability, names of parameters and defaults.</summary>
public static class MemberSignatures
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>A line for the type itself and for each of its visible members.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var nullability = new NullabilityInfoContext();
        yield return $"{(type.IsInterface ? "interface" : type.IsValueType ? "value" : "class")}"
            + $"{(type.IsAbstract ? " abstract" : string.Empty)}{(type.IsSealed ? " sealed" : string.Empty)} : {(type.BaseType is { } parent ? Name(parent) : "nothing")}";
        foreach (var constructor in type.GetConstructors(Own).Where(IsVisible))
        {
            yield return $"{Modifiers(constructor)}new({Parameters(constructor, nullability)})";
        }

        foreach (var method in type.GetMethods(Own).Where(method => IsVisible(method) && !IsAccessor(method) && method.Name[0] != '<'))
        {
            var generic = method.IsGenericMethod ? $"<{string.Join(',', method.GetGenericArguments().Select(argument => argument.Name))}>" : string.Empty;
            yield return $"{Modifiers(method)}{Name(method.ReturnType)}{Marks(nullability.Create(method.ReturnParameter))} {method.Name}{generic}({Parameters(method, nullability)})";
        }

        foreach (var property in type.GetProperties(Own))
        {
            var accessors = string.Concat(property.GetAccessors(nonPublic: true).Where(IsVisible).Select(Accessor));
            if (accessors.Length > 0)
            {
                yield return $"{Name(property.PropertyType)}{Marks(nullability.Create(property))} {property.Name} {{{accessors} }}";
            }
        }

        foreach (var field in type.GetFields(Own).Where(field => field.IsPublic || field.IsFamily))
        {
            yield return field.IsLiteral ? $"const {field.Name} = {field.GetRawConstantValue()}" : $"field {Name(field.FieldType)} {field.Name}";
        }

        foreach (var happening in type.GetEvents(Own))
        {
            yield return $"event {Name(happening.EventHandlerType!)} {happening.Name}";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Accessor(MethodInfo accessor) => accessor.ReturnType != typeof(void)
        ? $" {Modifiers(accessor)}get;"
        : IsInit(accessor) ? $" {Modifiers(accessor)}init;" : $" {Modifiers(accessor)}set;";

    /// <summary>A package for older frameworks brings the mark along as a type of its own.</summary>
    private static bool IsInit(MethodInfo setter) =>
        Array.Exists(setter.ReturnParameter.GetRequiredCustomModifiers(), modifier => modifier.FullName == typeof(IsExternalInit).FullName);

    private static string Modifiers(MethodBase method)
    {
        var kind = (method.IsStatic, method.IsAbstract, method.IsVirtual && !method.IsFinal, method.Attributes.HasFlag(MethodAttributes.NewSlot)) switch
        {
            (true, _, _, _) => "static ",
            (_, true, _, _) => "abstract ",
            (_, _, true, true) => "virtual ",
            (_, _, true, false) => "override ",
            _ => string.Empty,
        };
        return method.IsPublic ? kind : $"protected {kind}";
    }

    private static string Parameters(MethodBase method, NullabilityInfoContext nullability) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)}{Marks(nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : string.Empty)}"));

    private static string Name(Type type) => type switch
    {
        { IsByRef: true } => $"ref {Name(type.GetElementType()!)}",
        { IsArray: true } => $"{Name(type.GetElementType()!)}[]",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(',', type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };

    /// <summary>Where it may be null: of a reference, and in the arguments of a generic type.</summary>
    private static string Marks(NullabilityInfo nullability)
    {
        var own = !nullability.Type.IsValueType && (nullability.ReadState == NullabilityState.Nullable || nullability.WriteState == NullabilityState.Nullable) ? "?" : string.Empty;
        var arguments = nullability.GenericTypeArguments.Select(Marks).ToList();
        return arguments.Exists(mark => mark.Length > 0) ? $"{own}<{string.Join(',', arguments)}>" : own;
    }
}
