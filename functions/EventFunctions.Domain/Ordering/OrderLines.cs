using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Ordering;

/// <summary>
/// What an order is about: 1 to 90 lines, each product once, all of one currency, the total more than nothing.
/// </summary>
/// <remarks>Equal by content and order. A JSON array. Every line is a reservation of its own; the bound keeps the order's event, its snapshot and its saga small.</remarks>
[JsonConverter(typeof(Converter))]
public sealed class OrderLines : IReadOnlyList<OrderLine>, IEquatable<OrderLines>
{
    /// <summary>The most lines an order may have.</summary>
    public const int MaxCount = 90;

    private readonly OrderLine[] _lines;

    /// <summary>Puts lines together.</summary>
    /// <exception cref="ArgumentException">The lines break a rule.</exception>
    public OrderLines(IEnumerable<OrderLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        _lines = [.. lines];
        (Total, var broken) = Check(_lines);
        if (broken is not null)
        {
            throw new ArgumentException(broken.Message, nameof(lines));
        }
    }

    private OrderLines(OrderLine[] lines, Money total)
    {
        _lines = lines;
        Total = total;
    }

    /// <summary>The sum over the lines of quantity times unit price.</summary>
    public Money Total { get; }

    /// <inheritdoc/>
    public int Count => _lines.Length;

    /// <inheritdoc/>
    public OrderLine this[int index] => _lines[index];

    /// <summary>Puts lines together, or tells which rule they break.</summary>
    public static bool TryCreate(IEnumerable<OrderLine> lines, [NotNullWhen(true)] out OrderLines? value, [NotNullWhen(false)] out Rejection? broken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        OrderLine[] copy = [.. lines];
        (var total, broken) = Check(copy);
        value = broken is null ? new OrderLines(copy, total) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<OrderLine> GetEnumerator() => ((IEnumerable<OrderLine>)_lines).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(OrderLines? other) => other is not null && _lines.AsSpan().SequenceEqual(other._lines);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OrderLines);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_lines.Length, Total);

    /// <inheritdoc/>
    public override string ToString() => $"{_lines.Length} lines, {Total}";

    private static (Money Total, Rejection? Broken) Check(OrderLine[] lines)
    {
        if (lines.Length is 0 or > MaxCount)
        {
            return (null!, new Rejection(OrderRejections.LinesCount, $"An order has 1 to {MaxCount} lines, not {lines.Length}."));
        }

        var currency = lines[0].UnitPrice.Currency;
        var products = new HashSet<ProductId>();
        var total = Money.Zero(currency);
        foreach (var (productId, quantity, unitPrice) in lines)
        {
            if (!products.Add(productId))
            {
                return (null!, new Rejection(OrderRejections.DuplicateProduct, $"Product {productId} is on more than one line."));
            }

            if (unitPrice.Currency != currency)
            {
                return (null!, new Rejection(OrderRejections.MixedCurrencies, $"The lines are priced in {currency} and in {unitPrice.Currency}."));
            }

            if (!unitPrice.TryMultiply(quantity, out var price) || !total.TryAdd(price, out total))
            {
                return (null!, new Rejection(OrderRejections.TotalTooLarge, $"The total is more than {Money.MaxAmount} {currency}."));
            }
        }

        return total.IsZero ? (null!, new Rejection(OrderRejections.TotalZero, "The order costs nothing: there is nothing to pay.")) : (total, null);
    }

    private sealed class Converter : JsonConverter<OrderLines>, IJsonSchemaSource
    {
        public string SchemaName => "order-lines";

        public JsonObject Schema(Func<Type, JsonObject> schemaOf) => new()
        {
            ["type"] = "array",
            ["items"] = schemaOf(typeof(OrderLine)),
            ["minItems"] = 1,
            ["maxItems"] = MaxCount,
        };

        public override OrderLines Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var lines = JsonSerializer.Deserialize<OrderLine?[]>(ref reader, options);
            return lines is not null && lines.All(l => l is { ProductId: not null, Quantity: not null, UnitPrice: not null })
                    && TryCreate(lines!, out var value, out _)
                ? value
                : throw new JsonException("The order lines are incomplete or break a rule.");
        }

        public override void Write(Utf8JsonWriter writer, OrderLines value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value._lines, options);
    }
}
