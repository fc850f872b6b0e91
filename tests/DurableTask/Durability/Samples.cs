using System.Collections.Immutable;
using System.Reflection;
using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>Makes a value of any type of the history, with something in every property: what is forgotten by a codec then shows.</summary>
internal sealed class Samples(Random random)
{
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>The cases of a closed hierarchy.</summary>
    public static IEnumerable<Type> CasesOf(Type hierarchy) => hierarchy.GetNestedTypes().Where(type => type.IsSubclassOf(hierarchy));

    public object Of(Type type) => type switch
    {
        _ when type == typeof(string) => $"text {random.Next(100)} ключ",
        _ when type == typeof(int) => random.Next(),
        _ when type == typeof(long) => random.NextInt64(),
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1L << 60)),
        _ when type == typeof(ImmutableDictionary<string, string>) => ImmutableDictionary<string, string>.Empty.Add("tag", "one").Add("ключ", string.Empty),
        _ when type == typeof(ImmutableDictionary<int, OpenTask>) => ImmutableDictionary<int, OpenTask>.Empty.Add(3, (OpenTask)Of(typeof(OpenTask))),
        _ when type == typeof(ImmutableArray<long>) => ImmutableArray.Create(1L, long.MaxValue),
        _ when type == typeof(TaskFailureDetails) => Failure(),
        { IsEnum: true } => Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!,
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => ArrayOf(type.GetGenericArguments()[0]),
        { IsAbstract: true } => Of(CasesOf(type).First(t => t.GetConstructors().Max(c => c.GetParameters().Length) > 0)),
        _ => Record(type),
    };

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var record = constructor.Invoke([.. constructor.GetParameters().Select(p => Maybe(p.ParameterType, _nullability.Create(p)))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !constructor.GetParameters().Any(c => c.Name == p.Name)))
        {
            property.SetValue(record, Maybe(property.PropertyType, _nullability.Create(property)));
        }

        return record;
    }

    /// <summary>Now and then nothing, where that is allowed.</summary>
    private object? Maybe(Type type, NullabilityInfo nullability) =>
        nullability.ReadState == NullabilityState.Nullable && random.Next(3) == 0 ? null : Of(Nullable.GetUnderlyingType(type) ?? type);

    private object ArrayOf(Type element)
    {
        var array = Array.CreateInstance(element, 3);
        for (var i = 0; i < array.Length; i++)
        {
            array.SetValue(Of(element), i);
        }

        return typeof(ImmutableArray).GetMethods()
            .Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element)
            .Invoke(null, [array])!;
    }

    private static TaskFailureDetails Failure() => new(
        "Some.Exception",
        "It did not work: ключ",
        "at Some.Place",
        new TaskFailureDetails("Other.Exception", string.Empty, null, null, null),
        new Dictionary<string, object?> { ["text"] = "a", ["whole"] = 5L, ["part"] = 0.5, ["yes"] = true, ["none"] = null, ["list"] = new List<object?> { 1L, "b" } });
}
