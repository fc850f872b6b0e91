using System.Collections;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// A map (AMQP 1.0, part 1, 1.6.23): pairs in the order they came in, which is kept. A key of text is found by its text, whether it is a
/// string or a symbol, because clients differ in which they send.
/// </summary>
internal sealed class AmqpMap : IEnumerable<KeyValuePair<object, object?>>
{
    private readonly List<KeyValuePair<object, object?>> _pairs = [];

    /// <summary>How many pairs it has.</summary>
    public int Count => _pairs.Count;

    /// <summary>The value of a key; none where it is absent.</summary>
    public object? this[string key]
    {
        get
        {
            foreach (var (name, value) in _pairs)
            {
                if (TextOf(name) == key)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>The text of a key; none if it is of another type.</summary>
    public static string? TextOf(object key) => key switch
    {
        string text => text,
        AmqpSymbol symbol => symbol.Value,
        _ => null,
    };

    /// <summary>Adds a pair. Keys are not compared: whoever builds a map adds each once.</summary>
    public void Add(object key, object? value) => _pairs.Add(new(key, value));

    /// <summary>Whether there is such a key, of text.</summary>
    public bool Has(string key) => _pairs.Exists(pair => TextOf(pair.Key) == key);

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
