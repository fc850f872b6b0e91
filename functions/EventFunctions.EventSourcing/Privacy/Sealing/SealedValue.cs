using System.Text.Json.Serialization;

namespace EventFunctions.EventSourcing;

/// <summary>A value that is sealed under a person's key, as it stands in JSON in the value's place.</summary>
/// <param name="Text">The version of the form, a dot, and nonce, ciphertext and tag in base64url.</param>
/// <param name="Subject">The person: their id, with the tenant and a dot in front where there is one.</param>
public sealed record SealedValue([property: JsonPropertyName(SealedValue.Marker)] string Text, string Subject)
{
    /// <summary>The property that tells a sealed value from any other object; it is the first one.</summary>
    public const string Marker = "$sealed";
}
