namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>What an expression comes to. Its cases are closed.</summary>
public abstract record Value
{
    /// <summary>Nothing.</summary>
    public static Value Null { get; } = new NullValue();

    /// <summary>What it is called in messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A text.</summary>
public sealed record TextValue(string Text) : Value
{
    public override string Kind => "string";

    public override string ToString() => Text;
}

/// <summary>A whole number.</summary>
public sealed record NumberValue(long Number) : Value
{
    public override string Kind => "int";

    public override string ToString() => $"{Number}";
}

/// <summary>A truth value.</summary>
public sealed record FlagValue(bool Flag) : Value
{
    public override string Kind => "bool";

    public override string ToString() => Flag ? "true" : "false";
}

/// <summary>Null.</summary>
public sealed record NullValue : Value
{
    public override string Kind => "null";

    public override string ToString() => string.Empty;
}

/// <summary>An array.</summary>
public sealed record ListValue(IReadOnlyList<Value> Items) : Value
{
    public override string Kind => "array";

    public bool Equals(ListValue? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Count;

    public override string ToString() => $"[{string.Join(", ", Items)}]";
}

/// <summary>An object. Names are as written; they are compared without regard to case, as Azure Resource Manager does.</summary>
public sealed record MapValue(IReadOnlyList<KeyValuePair<string, Value>> Entries) : Value
{
    public override string Kind => "object";

    /// <summary>The value of a property; null where there is none.</summary>
    public Value? this[string name]
    {
        get
        {
            foreach (var (key, value) in Entries)
            {
                if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            return null;
        }
    }

    public bool Equals(MapValue? other) => other is not null && Entries.Count == other.Entries.Count
        && Entries.All(e => e.Value.Equals(other[e.Key]));

    public override int GetHashCode() => Entries.Count;

    public override string ToString() => $"{{{string.Join(", ", Entries.Select(e => $"{e.Key}: {e.Value}"))}}}";
}

/// <summary>What only Azure can tell, e.g. the principal id of an identity, or a text with such a thing in it.</summary>
/// <param name="Text">How it is written in messages and compared in checks: unknown parts in angle brackets.</param>
public sealed record UnknownValue(string Text) : Value
{
    public override string Kind => "string";

    public override string ToString() => Text;
}

/// <summary>
/// What becomes known while the file is being deployed, and not before: it can be stored in a property, but no name, condition or loop of
/// the same file can depend on it. A module that is given it knows it from the start.
/// </summary>
/// <param name="Inner">What it will be; never deferred itself.</param>
public sealed record DeferredValue(Value Inner) : Value
{
    public override string Kind => Inner.Kind;

    public override string ToString() => $"{Inner}";
}

/// <summary>A resource that is deployed or referred to.</summary>
public sealed record ResourceValue(DeployedResource Resource) : Value
{
    public override string Kind => "resource";

    public override string ToString() => Resource.Id;
}

/// <summary>A module that is deployed; what it puts out is evaluated when it is asked for.</summary>
public sealed record ModuleValue(ModuleInstance Module) : Value
{
    public override string Kind => "module";

    public override string ToString() => Module.File.Path;
}

/// <summary>A function that is given to another one.</summary>
public sealed record LambdaValue(Func<IReadOnlyList<Value>, Value> Invoke) : Value
{
    public override string Kind => "lambda";
}

/// <summary>What a declaration comes to whose condition does not hold.</summary>
/// <param name="Name">The name of the declaration.</param>
public sealed record AbsentValue(string Name) : Value
{
    public override string Kind => "resource that is not deployed";
}
