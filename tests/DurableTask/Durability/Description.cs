using System.Collections;
using System.Globalization;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>Everything a value holds, as lines of path and text, so that two can be compared whatever their equality means.</summary>
internal static class Description
{
    public static IReadOnlyList<string> Of(object value)
    {
        var lines = new List<string>();
        Add(lines, string.Empty, value);
        return lines;
    }

    private static void Add(List<string> lines, string path, object? value)
    {
        switch (value)
        {
            case null or string or bool or Enum:
                lines.Add($"{path}={value ?? "(null)"}");
                break;
            case DateTimeOffset moment:
                lines.Add($"{path}={moment.UtcDateTime:o}");
                break;
            case IFormattable number:
                lines.Add($"{path}={number.ToString(null, CultureInfo.InvariantCulture)}");
                break;
            case IDictionary dictionary:
                foreach (var key in dictionary.Keys.Cast<object>().OrderBy(k => $"{k}", StringComparer.Ordinal))
                {
                    Add(lines, $"{path}[{key}]", dictionary[key]);
                }

                break;
            case IEnumerable list:
                foreach (var (index, element) in list.Cast<object?>().Index())
                {
                    Add(lines, $"{path}[{index}]", element);
                }

                break;
            default:
                lines.Add($"{path}:{value.GetType().Name}");
                foreach (var property in value.GetType().GetProperties())
                {
                    Add(lines, $"{path}.{property.Name}", property.GetValue(value));
                }

                break;
        }
    }
}
