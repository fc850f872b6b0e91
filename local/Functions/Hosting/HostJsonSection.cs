using System.Text.Json;

namespace EventFunctions.Local.Functions.Hosting;

/// <summary>An object in host.json, or its absence. A value of the wrong kind is reported under its path.</summary>
internal readonly struct HostJsonSection(JsonElement? element, string path, List<string> problems)
{
    public HostJsonSection Section(string name)
    {
        if (Find(name) is not { } child)
        {
            return new HostJsonSection(null, Join(name), problems);
        }

        if (child.ValueKind != JsonValueKind.Object)
        {
            Report(name, child, "an object");
            return new HostJsonSection(null, Join(name), problems);
        }

        return new HostJsonSection(child, Join(name), problems);
    }

    public string? Text(string name) => Read<string>(name, "a string", static e => e.ValueKind == JsonValueKind.String ? e.GetString() : null);

    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Report(name, value, "true or false");
        return null;
    }

    public int? Number(string name, int minimum)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= minimum)
        {
            return number;
        }

        Report(name, value, $"a whole number of at least {minimum}");
        return null;
    }

    /// <summary>A value by the name that an enumeration gives it.</summary>
    public T? OneOf<T>(string name)
        where T : struct, Enum
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        // A number is no name, though it could be parsed as one.
        if (value.ValueKind == JsonValueKind.String && value.GetString() is [var first, ..] text && char.IsLetter(first)
            && Enum.TryParse<T>(text, ignoreCase: true, out var found))
        {
            return found;
        }

        Report(name, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");
        return null;
    }

    public TimeSpan? Time(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && TimeSpan.TryParse(value.GetString(), out var time) && time >= TimeSpan.Zero)
        {
            return time;
        }

        Report(name, value, "a time span hh:mm:ss");
        return null;
    }

    /// <summary>All members that are strings.</summary>
    public IReadOnlyDictionary<string, string> Texts() => element is { } found
        ? found.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    private T? Read<T>(string name, string kind, Func<JsonElement, T?> read)
        where T : class
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var result = read(value);
        if (result is null)
        {
            Report(name, value, kind);
        }

        return result;
    }

    /// <summary>Keys are compared without regard to case, as the host does.</summary>
    private JsonElement? Find(string name)
    {
        if (element is not { ValueKind: JsonValueKind.Object } parent)
        {
            return null;
        }

        foreach (var member in parent.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind != JsonValueKind.Null)
            {
                return member.Value;
            }
        }

        return null;
    }

    private void Report(string name, JsonElement value, string expected) =>
        problems.Add($"host.json: '{Join(name)}' is {value.GetRawText()}, but must be {expected}.");

    private string Join(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
