using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Applies the steps of a patch to a JSON object in place; a step that can't be done is told as a text.</summary>
internal static class ItemPatcher
{
    /// <returns>What is wrong with a step, or <see langword="null"/> when all were done.</returns>
    public static string? Apply(JsonObject item, IEnumerable<PatchStep> steps)
    {
        foreach (var step in steps)
        {
            if (Apply(item, step) is { } problem)
            {
                return $"The patch operation on '{step.Path}' can't be done: {problem}";
            }
        }

        return null;
    }

    private static string? Apply(JsonObject item, PatchStep step) => step switch
    {
        PatchStep.Add add => Put(item, add.Path, add.Value, insert: true, mustExist: false),
        PatchStep.Set set => Put(item, set.Path, set.Value, insert: false, mustExist: false),
        PatchStep.Replace replace => Put(item, replace.Path, replace.Value, insert: false, mustExist: true),
        PatchStep.Remove remove => Take(item, remove.Path, out _),
        PatchStep.Increment increment => Increment(item, increment),
        PatchStep.Move move => Take(item, move.From, out var moved) ?? Put(item, move.Path, moved, insert: true, mustExist: false),
        _ => throw new InvalidOperationException($"Unknown patch step {step.GetType().Name}."),
    };

    private static string? Put(JsonObject item, JsonPointer path, JsonNode? value, bool insert, bool mustExist)
    {
        switch (Parent(item, path))
        {
            case JsonObject parent when mustExist && !parent.ContainsKey(path.Last):
                return "there is nothing at this path.";
            case JsonObject parent:
                parent[path.Last] = value?.DeepClone();
                return null;
            case JsonArray array:
                return Put(array, path.Last, value?.DeepClone(), insert, mustExist);
            default:
                return "its parent is not there.";
        }
    }

    private static string? Put(JsonArray array, string segment, JsonNode? value, bool insert, bool mustExist)
    {
        var index = segment == "-" && !mustExist ? array.Count : IndexOf(segment);
        if (index < 0 || index > array.Count || (mustExist && index == array.Count))
        {
            return $"'{segment}' is not an index of the array, which has {array.Count} elements.";
        }

        if (insert || index == array.Count)
        {
            array.Insert(index, value);
        }
        else
        {
            array[index] = value;
        }

        return null;
    }

    private static string? Take(JsonObject item, JsonPointer path, out JsonNode? taken)
    {
        taken = null;
        switch (Parent(item, path))
        {
            case JsonObject parent when parent.TryGetPropertyValue(path.Last, out taken):
                parent.Remove(path.Last);
                return null;
            case JsonArray array when IndexOf(path.Last) is var index && index >= 0 && index < array.Count:
                taken = array[index];
                array.RemoveAt(index);
                return null;
            default:
                return $"there is nothing at '{path}'.";
        }
    }

    private static string? Increment(JsonObject item, PatchStep.Increment step)
    {
        var present = Find(item, step.Path);
        if (present is null)
        {
            return Put(item, step.Path, JsonValue.Create(step.By), insert: false, mustExist: false);
        }

        if (present.GetValueKind() != JsonValueKind.Number)
        {
            return "the value there is not a number.";
        }

        return Sum(present.AsValue(), step.By) is { } sum
            ? Put(item, step.Path, sum, insert: false, mustExist: false)
            : "the sum is a number that no double holds.";
    }

    private static JsonValue? Sum(JsonValue left, JsonElement right)
    {
        // Whole numbers stay whole; the service shows them without a fraction as long as they fit.
        if (left.TryGetValue(out long whole) && right.TryGetInt64(out var by) && !Overflows(whole, by))
        {
            return JsonValue.Create(whole + by);
        }

        // A sum of whole numbers that an earlier step made is kept as one, and not given as anything else.
        var number = left.TryGetValue(out double some) ? some : left.GetValue<long>();
        var sum = number + right.GetDouble();
        return double.IsFinite(sum) ? JsonValue.Create(sum) : null;
    }

    private static bool Overflows(long left, long right) => right > 0 ? left > long.MaxValue - right : left < long.MinValue - right;

    private static JsonNode? Parent(JsonObject item, JsonPointer path) => Walk(item, path.Segments.Take(path.Segments.Count - 1));

    private static JsonNode? Find(JsonObject item, JsonPointer path) => Walk(item, path.Segments);

    private static JsonNode? Walk(JsonNode? node, IEnumerable<string> segments)
    {
        foreach (var segment in segments)
        {
            node = node switch
            {
                JsonObject parent => parent[segment],
                JsonArray array when IndexOf(segment) is var index && index >= 0 && index < array.Count => array[index],
                _ => null,
            };
        }

        return node;
    }

    private static int IndexOf(string segment) => int.TryParse(segment, System.Globalization.NumberStyles.None, null, out var index) ? index : -1;
}
