using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain;

/// <summary>A currency of ISO 4217 that is in circulation, with the number of decimals that standard gives it. A JSON string.</summary>
[JsonConverter(typeof(TextValueConverter<Currency>))]
public sealed record Currency : ITextValue<Currency>
{
    // ISO 4217 list one, without funds, bond market units, metals and test codes: nobody pays an order in those.
    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
    private const string TwoDecimals =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE " +
        "CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR " +
        "KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB " +
        "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY " +
        "TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, int> DecimalsByCode = new[] { (NoDecimals, 0), (TwoDecimals, 2), (ThreeDecimals, 3) }
        .SelectMany(group => group.Item1.Split(' ').Select(code => KeyValuePair.Create(code, group.Item2)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Picks a currency.</summary>
    /// <param name="code">Its alphabetic code in upper case, e.g. <c>EUR</c>.</param>
    /// <exception cref="ArgumentException">There is no such currency in the set.</exception>
    public Currency(string code)
    {
        if (code is null || !DecimalsByCode.TryGetValue(code, out var decimals))
        {
            throw new ArgumentException($"'{code}' is not the ISO 4217 code of a currency in circulation.", nameof(code));
        }

        Code = code;
        Decimals = decimals;
    }

    /// <summary>All codes of the set, in alphabetical order.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. DecimalsByCode.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The alphabetic code, three upper-case letters.</summary>
    public string Code { get; }

    /// <summary>How many decimals an amount may have: 0, 2 or 3.</summary>
    public int Decimals { get; }

    // The set follows the standard, and a code that joins it is no new shape: the schema has the form only.
    /// <inheritdoc/>
    static JsonObject ITextValue<Currency>.TextSchema => new() { ["pattern"] = "^[A-Z]{3}$" };

    /// <inheritdoc/>
    string ITextValue<Currency>.Text => Code;

    /// <summary>Picks a currency, or tells that there is none with that code.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Currency? value)
    {
        value = text is not null && DecimalsByCode.ContainsKey(text) ? new Currency(text) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
