using System.Globalization;
using System.Reflection;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Reads the simple types that route values, query values and trigger metadata are bound to.</summary>
internal static class SimpleValues
{
    private static readonly HashSet<Type> Parsable =
    [
        typeof(bool), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal),
        typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan),
    ];

    /// <summary>Returns how a type is read from text, null if it is not a simple one.</summary>
    public static Func<string, object>? ReaderOf(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string))
        {
            return static text => text;
        }

        if (target == typeof(DateTime))
        {
            // A moment without an offset is UTC: the host's clock is, and its metadata has none.
            return static text => DateTime.Parse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        }

        return Parsable.Contains(target)
            ? typeof(SimpleValues).GetMethod(nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(target).CreateDelegate<Func<string, object>>()
            : null;
    }

    private static object Parse<T>(string text)
        where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
