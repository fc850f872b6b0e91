using System.Reflection;
using System.Text;
using System.Text.Json;

namespace EventFunctions.EndToEnd.Tests.PersonalData;

/// <summary>
/// Every text that is reachable in memory from an object, through the types of its own assembly and through collections: what a runtime
/// keeps there is its storage.
/// </summary>
internal sealed class ReachableText
{
    private readonly Assembly _own;
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<object> _next = [];
    private readonly List<string> _texts = [];

    private ReachableText(Assembly own) => _own = own;

    /// <summary>The texts.</summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="own">The assembly whose types are looked into.</param>
    public static IReadOnlyList<string> From(object root, Assembly own)
    {
        var walk = new ReachableText(own);
        walk.Add(root);
        while (walk._next.TryDequeue(out var item))
        {
            walk.Visit(item);
        }
        return walk._texts;
    }

    private void Add(object? value)
    {
        switch (value)
        {
            case null or Type or Delegate or MemberInfo or Task or Thread:
                break;
            case string text:
                _texts.Add(text);
                break;
            case byte[] bytes:
                _texts.Add(Encoding.UTF8.GetString(bytes));
                break;
            case ReadOnlyMemory<byte> memory:
                _texts.Add(Encoding.UTF8.GetString(memory.Span));
                break;
            case BinaryData data:
                _texts.Add(data.ToString());
                break;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } json:
                _texts.Add(json.GetRawText());
                break;
            default:
                Enqueue(value);
                break;
        }
    }

    private void Enqueue(object value)
    {
        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || type.IsPointer)
        {
            return;
        }
        var isOurs = type.Assembly == _own || type.IsArray || type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
            || type.FullName?.StartsWith("System.ValueTuple", StringComparison.Ordinal) == true;
        if (isOurs && (type.IsValueType || _seen.Add(value)))
        {
            _next.Enqueue(value);
        }
    }

    private void Visit(object item)
    {
        if (item is Array array)
        {
            foreach (var element in array)
            {
                Add(element);
            }
            return;
        }
        for (var type = item.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
                {
                    Add(field.GetValue(item));
                }
            }
        }
    }
}
