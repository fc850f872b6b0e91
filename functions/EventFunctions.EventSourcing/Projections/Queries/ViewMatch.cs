using System.Diagnostics;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Tells of a view's JSON what a query asks, as a store would. Pure.</summary>
internal static class ViewMatch
{
    /// <summary>Whether a view is asked for.</summary>
    public static bool Matches(ViewQuery query, JsonElement view) => query.Conditions.All(c => Holds(c, FieldOf(view, c.Field)));

    /// <summary>The value of a field, undefined where the view does not have it.</summary>
    public static JsonElement FieldOf(JsonElement view, ViewField field) => field.Names.Aggregate(
        view, (at, name) => at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner) ? inner : default);

    private static bool Holds(ViewCondition condition, JsonElement value) => (condition, value.ValueKind) switch
    {
        (ViewCondition.IsOneOf c, JsonValueKind.String) => c.Values.Contains(value.GetString(), StringComparer.Ordinal),
        (ViewCondition.IsTrue, JsonValueKind.True) => true,
        (ViewCondition.AtLeast c, JsonValueKind.Number) => value.GetDouble() >= (double)c.Least,
        (ViewCondition.AtMost c, JsonValueKind.Number) => value.GetDouble() <= (double)c.Most,
        (ViewCondition.Contains c, JsonValueKind.String) => value.GetString()!.Contains(c.Text, StringComparison.Ordinal),
        (ViewCondition.IsOneOf or ViewCondition.IsTrue or ViewCondition.AtLeast or ViewCondition.AtMost or ViewCondition.Contains, _) => false,
        _ => throw new UnreachableException($"There is no condition {condition.GetType()}."),
    };
}
