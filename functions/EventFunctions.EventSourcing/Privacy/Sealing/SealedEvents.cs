using System.Runtime.InteropServices;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Seals the documents of events, and opens them: their data by the attributes of its type, and who asked for it.</summary>
internal sealed class SealedEvents(PersonalDataVault vault)
{
    private const string MetadataPath = "metadata";

    /// <summary>A document with its personal data sealed; what is sealed already stays as it is.</summary>
    /// <param name="document">The document.</param>
    /// <param name="shape">The type of the version that its data has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<EventDocument> SealAsync(EventDocument document, Type shape, CancellationToken cancellationToken)
    {
        if (!vault.HasKeys)
        {
            return document;
        }
        var json = JsonMarshal.GetRawUtf8Value(document.Data).ToArray();
        var subject = vault.MapOf(shape).SubjectOf(json);
        var tenant = TenantOf(document);
        var closed = await vault.SealAsync(shape, json, PlaceOf(document), tenant, cancellationToken);
        var metadata = subject is null
            ? document.Metadata.WithoutPrecision()
            : await SealAsync(document.Metadata, SubjectText.Of(subject, tenant), PlaceOf(document), cancellationToken);
        return document with { Data = JsonSerializer.Deserialize<JsonElement>(closed, EventJson.Options), Metadata = metadata };
    }

    /// <summary>The keys that opening the documents needs.</summary>
    public ValueTask<SubjectKeyRing> KeysOfAsync(IEnumerable<EventDocument> documents, CancellationToken cancellationToken) =>
        vault.HasKeys ? vault.KeysOfAsync(documents.SelectMany(SealedIn), cancellationToken) : new(SubjectKeyRing.Empty);

    /// <summary>A document with its sealed data opened; without its person's key it reads <see cref="ErasedText"/>.</summary>
    /// <exception cref="SealBrokenException">A sealed value is not what was sealed there.</exception>
    /// <exception cref="SubjectKeyMissingException">The key is lost.</exception>
    public static EventDocument Open(EventDocument document, SubjectKeyRing keys)
    {
        var json = document.Data.ValueKind == JsonValueKind.Undefined ? default : JsonMarshal.GetRawUtf8Value(document.Data);
        var found = SealedSpans.Find(json);
        return found.Count == 0 && document.Metadata.Personal is null
            ? document
            : document with
            {
                Data = found.Count == 0
                    ? document.Data
                    : JsonSerializer.Deserialize<JsonElement>(PersonalDataVault.Open(json, found, keys, PlaceOf(document)), EventJson.Options),
                Metadata = Open(document.Metadata, keys, PlaceOf(document)),
            };
    }

    private static EventMetadata Open(EventMetadata metadata, SubjectKeyRing keys, string place)
    {
        if (metadata.Personal is not { } personal)
        {
            return metadata;
        }
        using var json = JsonDocument.Parse(PersonalDataVault.Open(personal, keys, place, MetadataPath));
        var known = json.RootElement.ValueKind == JsonValueKind.Object
            ? json.RootElement.Deserialize<Requester>(EventJson.Options)!
            : new Requester(ErasedText.Value, ErasedText.Value, ErasedText.Value);
        return metadata with { User = known.User, ClientAddress = known.ClientAddress, UserAgent = known.UserAgent, Personal = null };
    }

    private async ValueTask<EventMetadata> SealAsync(
        EventMetadata metadata, DataSubjectId subject, string place, CancellationToken cancellationToken)
    {
        var requester = new Requester(metadata.User, metadata.ClientAddress, metadata.UserAgent);
        if (requester == new Requester(null, null, null) || requester.IsErased)
        {
            return metadata;
        }
        var bare = metadata with { User = null, ClientAddress = null, UserAgent = null };
        return await vault.KeyAsync(subject, cancellationToken) is { } key
            ? bare with
            {
                Personal = ValueSeal.Close(
                    key, JsonSerializer.SerializeToUtf8Bytes(requester, EventJson.Options), subject.ToString(), place, MetadataPath),
            }
            : bare with { User = requester.User is null ? null : ErasedText.Value };
    }

    private static IEnumerable<SealedValue> SealedIn(EventDocument document)
    {
        var inMetadata = document.Metadata.Personal is { } personal ? (SealedValue[])[personal] : [];
        try
        {
            return document.Data.ValueKind == JsonValueKind.Undefined
                ? inMetadata
                : [.. SealedSpans.Find(JsonMarshal.GetRawUtf8Value(document.Data)).Select(f => f.Value), .. inMetadata];
        }
        catch (JsonException)
        {
            // Something begins like a sealed value and is none: opening the document says so, and which document it is.
            return inMetadata;
        }
    }

    private static string PlaceOf(EventDocument document) => string.Create(null, $"{document.Stream}/{document.Version}");

    private static string? TenantOf(EventDocument document) => StreamName.TryParse(document.Stream, out var stream) ? stream.Tenant : null;

    private sealed record Requester(string? User, string? ClientAddress, string? UserAgent)
    {
        public bool IsErased => User is null or ErasedText.Value && ClientAddress is null or ErasedText.Value && UserAgent is null or ErasedText.Value;
    }
}
