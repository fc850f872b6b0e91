using System.Globalization;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Values of the filter language: strings, truth values, numbers (promoted as in C#: whole numbers to 64 bits, with a real number
/// to double), Guids, times and durations. Null is unknown; so is every comparison between kinds that have nothing in common.
/// </summary>
internal static class SqlValue
{
    /// <summary>A property's value as the language sees it; null where it has no such kind of value.</summary>
    public static object? Of(object? value) => value switch
    {
        null => null,
        string or bool or long or double or decimal or Guid or TimeSpan or DateTimeOffset => value,
        sbyte v => (long)v,
        byte v => (long)v,
        short v => (long)v,
        ushort v => (long)v,
        int v => (long)v,
        uint v => (long)v,
        ulong v => v <= long.MaxValue ? (long)v : (decimal)v,
        float v => (double)v,
        char v => v.ToString(),
        Uri v => v.OriginalString,
        DateTime v => new DateTimeOffset(v.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(v, DateTimeKind.Utc) : v),
        _ => null,
    };

    public static bool? Compare(string op, object? left, object? right)
    {
        if (op is "=" or "<>")
        {
            return Same(left, right) is { } same ? same == (op == "=") : null;
        }

        return Order(left, right) is { } order
            ? op switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 }
            : null;
    }

    public static object? Compute(char op, object? left, object? right)
    {
        try
        {
            return (left, right) switch
            {
                (null, _) or (_, null) => null,
                (string a, string b) when op == '+' => a + b,
                (long a, long b) => Whole(op, a, b),
                (decimal a, decimal b) => Exact(op, a, b),
                (decimal a, long b) => Exact(op, a, b),
                (long a, decimal b) => Exact(op, a, b),
                _ when Real(left) is { } a && Real(right) is { } b => Real(op, a, b),
                _ => throw new FilterException($"'{op}' cannot be applied to {Kind(left)} and {Kind(right)}."),
            };
        }
        catch (ArithmeticException e)
        {
            throw new FilterException($"'{op}' failed: {e.Message}");
        }
    }

    public static object? Negate(object? value) => value switch
    {
        null => null,
        long v => v == long.MinValue ? throw new FilterException("'-' failed: the result does not fit into 64 bits.") : -v,
        double v => -v,
        decimal v => -v,
        _ => throw new FilterException($"'-' cannot be applied to {Kind(value)}."),
    };

    /// <summary>A sign that changes nothing, of what can have one.</summary>
    public static object? Affirm(object? value) => value is null or long or double or decimal
        ? value
        : throw new FilterException($"'+' cannot be applied to {Kind(value)}.");

    /// <summary>A value as a text, as a system property that is one takes it; null for unknown.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static string Kind(object? value) => value switch
    {
        null => "an unknown value",
        string => "a string",
        bool => "a truth value",
        long or double or decimal => "a number",
        Guid => "a Guid",
        TimeSpan => "a duration",
        _ => "a time",
    };

    private static bool? Same(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        (bool a, bool b) => a == b,
        (Guid a, Guid b) => a == b,
        (double a, _) when double.IsNaN(a) => Real(right) is null ? null : false,
        (_, double b) when double.IsNaN(b) => Real(left) is null ? null : false,
        _ => Order(left, right) is { } order ? order == 0 : null,
    };

    private static int? Order(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (long a, long b) => a.CompareTo(b),
        (decimal a, decimal b) => a.CompareTo(b),
        (decimal a, long b) => a.CompareTo(b),
        (long a, decimal b) => ((decimal)a).CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ when Real(left) is { } a && Real(right) is { } b => double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b),
        _ => null,
    };

    private static double? Real(object? value) => value switch
    {
        double v => v,
        long v => v,
        decimal v => (double)v,
        _ => null,
    };

    private static long Whole(char op, long a, long b) => checked(op switch
    {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        '/' => a / b,
        _ => a % b,
    });

    private static decimal Exact(char op, decimal a, decimal b) => op switch
    {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        '/' => a / b,
        _ => a % b,
    };

    private static double Real(char op, double a, double b) => op switch
    {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        '/' => a / b,
        _ => a % b,
    };
}
