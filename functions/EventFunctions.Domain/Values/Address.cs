using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>Where a parcel goes. Texts are kept without blanks around them and have no control characters.</summary>
[JsonConverter(typeof(AddressConverter))]
public sealed record Address
{
    /// <summary>The longest name, line or city, in characters.</summary>
    public const int MaxTextLength = 100;

    /// <summary>The longest postal code, in characters.</summary>
    public const int MaxPostalCodeLength = 16;

    private const string UnknownCountry = "ZZ";
    private const string UnknownText = "(not recorded)";

    /// <summary>Composes an address.</summary>
    /// <param name="name">The addressee, 1 to 100 characters.</param>
    /// <param name="line1">Street and number, 1 to 100 characters.</param>
    /// <param name="line2">More of it, up to 100 characters; blank is none.</param>
    /// <param name="postalCode">1 to 16 characters.</param>
    /// <param name="city">1 to 100 characters.</param>
    /// <param name="country">ISO 3166-1 alpha-2, upper case.</param>
    /// <exception cref="ArgumentException">A part breaks its rule; the message names every such part.</exception>
    public Address(string name, string line1, string? line2, string postalCode, string city, string country)
    {
        if (Check(name, line1, line2, postalCode, city, country) is { Count: > 0 } problems)
        {
            throw new ArgumentException($"Not an address: {string.Join("; ", problems.Select(p => $"{p.Part}: {p.Message}"))}", problems[0].Part);
        }

        Name = name.Trim();
        Line1 = line1.Trim();
        Line2 = string.IsNullOrWhiteSpace(line2) ? null : line2.Trim();
        PostalCode = postalCode.Trim();
        City = city.Trim();
        Country = country;
    }

    private Address(string text) => (Name, Line1, PostalCode, City, Country) = (text, text, text, text, UnknownCountry);

    /// <summary>
    /// Stands in stored data for an address that was once not recorded. Its country is ZZ, which ISO 3166-1 leaves to its users
    /// and CLDR calls the unknown region; no address that anybody can enter has it.
    /// </summary>
    public static Address NotRecorded { get; } = new(UnknownText);

    /// <summary>Stands for an address that is erased; in JSON it is the text <c>[erased]</c>.</summary>
    public static Address Erased { get; } = new(ErasedText.Value);

    /// <summary>The addressee.</summary>
    public string Name { get; }

    /// <summary>Street and number.</summary>
    public string Line1 { get; }

    /// <summary>More of it, if there is more.</summary>
    public string? Line2 { get; }

    /// <summary>The postal code.</summary>
    public string PostalCode { get; }

    /// <summary>The city.</summary>
    public string City { get; }

    /// <summary>ISO 3166-1 alpha-2, upper case; ZZ of <see cref="NotRecorded"/> and <see cref="Erased"/> alone.</summary>
    public string Country { get; }

    /// <summary>Whether a parcel can be sent there: <see langword="false"/> for <see cref="NotRecorded"/> and <see cref="Erased"/> alone.</summary>
    [JsonIgnore]
    public bool IsRecorded => Country != UnknownCountry;

    /// <summary>Composes an address, or tells that a part breaks its rule (<see cref="Check"/> tells which).</summary>
    public static bool TryCreate(
        string? name, string? line1, string? line2, string? postalCode, string? city, string? country, [NotNullWhen(true)] out Address? value)
    {
        value = Check(name, line1, line2, postalCode, city, country).Count == 0
            ? new Address(name!, line1!, line2, postalCode!, city!, country!)
            : null;
        return value is not null;
    }

    /// <summary>Everything that keeps the parts from being an address; empty if nothing does.</summary>
    public static IReadOnlyList<AddressProblem> Check(
        string? name, string? line1, string? line2, string? postalCode, string? city, string? country)
    {
        var problems = new List<AddressProblem>();
        CheckText("name", name, MaxTextLength, required: true);
        CheckText("line1", line1, MaxTextLength, required: true);
        CheckText("line2", line2, MaxTextLength, required: false);
        CheckText("postalCode", postalCode, MaxPostalCodeLength, required: true);
        CheckText("city", city, MaxTextLength, required: true);
        if (country is null || !CountryCodes.Contains(country))
        {
            problems.Add(new AddressProblem("country", "must be a two-letter code of ISO 3166-1 in upper case"));
        }

        return problems;

        void CheckText(string part, string? text, int maxLength, bool required)
        {
            var trimmed = text?.Trim() ?? "";
            if (required && trimmed.Length == 0)
            {
                problems.Add(new AddressProblem(part, "is required"));
            }
            else if (trimmed.Length > maxLength)
            {
                problems.Add(new AddressProblem(part, $"must have at most {maxLength} characters"));
            }
            else if (trimmed.Any(char.IsControl))
            {
                problems.Add(new AddressProblem(part, "must not have control characters"));
            }
        }
    }
}

/// <summary>A part of an address that breaks its rule.</summary>
/// <param name="Part">The part's name in JSON, e.g. <c>postalCode</c>.</param>
/// <param name="Message">The rule, for a person, to be read after the part's name.</param>
public sealed record AddressProblem(string Part, string Message);
