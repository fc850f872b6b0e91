using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>
/// Sums of money, one for each currency, in the order of the codes. They have no upper bound but that of <see cref="decimal"/>,
/// and, as parts of a calculation, may be negative. JSON: an array of <c>{"amount":12.50,"currency":"EUR"}</c>.
/// </summary>
/// <remarks>Equal by content; a sum of nothing is none.</remarks>
[JsonConverter(typeof(Converter))]
[SuppressMessage("Naming", "CA1710", Justification = "The plural says that there are several.")]
public sealed class CurrencyAmounts : IReadOnlyCollection<CurrencyAmount>, IEquatable<CurrencyAmounts>
{
    private readonly ImmutableSortedDictionary<string, decimal> _sums;

    private CurrencyAmounts(ImmutableSortedDictionary<string, decimal> sums) => _sums = sums;

    /// <summary>Nothing of any currency.</summary>
    public static CurrencyAmounts None { get; } = new(ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public int Count => _sums.Count;

    /// <summary>One amount.</summary>
    public static CurrencyAmounts Of(Money money)
    {
        ArgumentNullException.ThrowIfNull(money);
        return None.Add(money.Currency.Code, money.Amount);
    }

    /// <summary>How much there is of a currency.</summary>
    public decimal In(Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        return _sums.GetValueOrDefault(currency.Code);
    }

    /// <summary>The sums.</summary>
    public CurrencyAmounts Plus(CurrencyAmounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other._sums.Aggregate(this, (sum, o) => sum.Add(o.Key, o.Value));
    }

    /// <summary>The differences.</summary>
    public CurrencyAmounts Minus(CurrencyAmounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other._sums.Aggregate(this, (sum, o) => sum.Add(o.Key, -o.Value));
    }

    /// <inheritdoc/>
    public bool Equals(CurrencyAmounts? other) => other is not null && _sums.SequenceEqual(other._sums);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CurrencyAmounts);

    /// <inheritdoc/>
    public override int GetHashCode() => _sums.Aggregate(0, (hash, sum) => HashCode.Combine(hash, sum.Key, sum.Value));

    /// <inheritdoc/>
    public IEnumerator<CurrencyAmount> GetEnumerator() => _sums.Select(s => new CurrencyAmount(s.Value, new Currency(s.Key))).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", this.Select(a => $"{a.Amount} {a.Currency}"));

    private CurrencyAmounts Add(string code, decimal amount)
    {
        var sum = _sums.GetValueOrDefault(code) + amount;
        return new CurrencyAmounts(sum == 0 ? _sums.Remove(code) : _sums.SetItem(code, sum));
    }

    private sealed class Converter : JsonConverter<CurrencyAmounts>, IJsonSchemaSource
    {
        public string SchemaName => "currency-amounts";

        public JsonObject Schema(Func<Type, JsonObject> schemaOf) => new() { ["type"] = "array", ["items"] = schemaOf(typeof(CurrencyAmount)) };

        public override CurrencyAmounts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<CurrencyAmount[]>(ref reader, options)!.Aggregate(None, (sum, a) => sum.Add(a.Currency.Code, a.Amount));

        public override void Write(Utf8JsonWriter writer, CurrencyAmounts value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var amount in value)
            {
                JsonSerializer.Serialize(writer, amount, options);
            }

            writer.WriteEndArray();
        }
    }
}

/// <summary>A sum of one currency.</summary>
/// <param name="Amount">In units of the currency.</param>
/// <param name="Currency">The currency.</param>
public sealed record CurrencyAmount(decimal Amount, Currency Currency);
