using System.Globalization;
using System.Text;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>A text that two values have in common exactly when they are equal: DISTINCT and GROUP BY go by it.</summary>
internal static class SqlCanonicalText
{
    public static string Of(SqlValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, SqlValue value)
    {
        switch (value.Type)
        {
            case SqlType.Undefined:
                text.Append("undefined");
                break;
            case SqlType.Null:
                text.Append("null");
                break;
            case SqlType.Boolean:
                text.Append(value.IsTrue ? "true" : "false");
                break;
            case SqlType.Number:
                // Zero has two signs and is one number.
                text.Append((value.Number + 0.0).ToString("R", CultureInfo.InvariantCulture));
                break;
            case SqlType.String:
                AppendQuoted(text, value.Text);
                break;
            case SqlType.Array:
                AppendAll(text, '[', value.Elements().Where(e => e.IsDefined), Append, ']');
                break;
            default:
                AppendAll(text, '{', value.Members().Where(m => m.Value.IsDefined).OrderBy(m => m.Key, StringComparer.Ordinal), AppendMember, '}');
                break;
        }
    }

    private static void AppendMember(StringBuilder text, KeyValuePair<string, SqlValue> member)
    {
        AppendQuoted(text, member.Key);
        text.Append(':');
        Append(text, member.Value);
    }

    private static void AppendQuoted(StringBuilder text, string value) =>
        text.Append('"').Append(value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> all, Action<StringBuilder, T> append, char close)
    {
        text.Append(open);
        foreach (var one in all)
        {
            append(text, one);
            text.Append(',');
        }

        text.Append(close);
    }
}
