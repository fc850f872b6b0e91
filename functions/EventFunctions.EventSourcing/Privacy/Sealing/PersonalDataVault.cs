using System.Collections.Concurrent;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Seals the personal data in what is stored, and opens it for who reads: keys are fetched first, then everything is computation.
/// Writing goes by the attributes of the type, reading by the sealed values that are there, so that what was written before
/// sealing, or by another shape of the type, is read too.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class PersonalDataVault
{
    private static readonly byte[] ErasedJson = JsonSerializer.SerializeToUtf8Bytes(ErasedText.Value);
    private readonly ISubjectKeys? _keys;
    private readonly ConcurrentDictionary<Type, PersonalDataMap> _maps = new();

    /// <summary>Seals with these keys.</summary>
    public PersonalDataVault(ISubjectKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    private PersonalDataVault()
    {
    }

    /// <summary>Has no keys: leaves in clear what it should seal, and reads what is sealed as <see cref="ErasedText"/>.</summary>
    public static PersonalDataVault None { get; } = new();

    /// <summary>Whether it seals.</summary>
    public bool HasKeys => _keys is not null;

    /// <summary>The JSON of a value, with its personal data sealed.</summary>
    /// <typeparam name="TValue">The type that is stored.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="place">What it stands in; it must say the same when the value is opened.</param>
    /// <param name="tenant">The tenant of the person whom it is about.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<RawJson> SealAsync<TValue>(TValue value, string place, string? tenant = null, CancellationToken cancellationToken = default) =>
        RawJson.FromUtf8(await SealAsync(
            typeof(TValue), JsonSerializer.SerializeToUtf8Bytes(value, EventJson.Options), place, tenant, cancellationToken));

    /// <summary>JSON with the sealed values in it opened; those of erased people read <see cref="ErasedText"/>.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="place">What it stands in, as when it was sealed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SealBrokenException">A sealed value is not what was sealed there.</exception>
    /// <exception cref="SubjectKeyMissingException">The key is lost.</exception>
    public async ValueTask<RawJson> OpenAsync(RawJson json, string place, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        var found = SealedSpans.Find(json.Utf8);
        if (found.Count == 0)
        {
            return json;
        }
        var keys = await KeysOfAsync(found.Select(f => f.Value), cancellationToken);
        return RawJson.FromUtf8(Open(json.Utf8, found, keys, place));
    }

    /// <summary>One text of a person, sealed: for what is kept outside events and views.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">The person.</param>
    /// <param name="place">What it stands in; it must say the same when the text is opened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see langword="null"/> where the person is erased.</returns>
    /// <exception cref="InvalidOperationException">The vault has no keys.</exception>
    public async ValueTask<SealedValue?> SealTextAsync(
        string text, DataSubjectId subject, string place, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var keys = _keys ?? throw new InvalidOperationException("There are no keys to seal a text with. Register personal data's keys.");
        return await keys.GetOrCreateAsync(subject, cancellationToken) is SubjectKey.Held held
            ? ValueSeal.Close(held, JsonSerializer.SerializeToUtf8Bytes(text), subject.ToString(), place, string.Empty)
            : null;
    }

    /// <summary>A text that was sealed, or <see cref="ErasedText"/>.</summary>
    /// <exception cref="SealBrokenException">It is not what was sealed there.</exception>
    /// <exception cref="SubjectKeyMissingException">The key is lost.</exception>
    public async ValueTask<string> OpenTextAsync(SealedValue value, string place, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        var keys = await KeysOfAsync([value], cancellationToken);
        return JsonSerializer.Deserialize<string>(Open(value, keys, place, string.Empty))!;
    }

    /// <summary>The personal data of a type.</summary>
    internal PersonalDataMap MapOf(Type type) => _maps.GetOrAdd(type, PersonalDataMap.Of);

    /// <summary>The keys of the people whose sealed data this is, each fetched once.</summary>
    internal ValueTask<SubjectKeyRing> KeysOfAsync(IEnumerable<SealedValue> values, CancellationToken cancellationToken) => _keys is null
        ? new(SubjectKeyRing.Empty)
        : SubjectKeyRing.FetchAsync(_keys, values.Select(v => v.Subject).ToHashSet(StringComparer.Ordinal), cancellationToken);

    /// <summary>JSON of a type, with its personal data sealed.</summary>
    internal async ValueTask<RawJson> SealAsync(
        Type type, RawJson json, string place, string? tenant, CancellationToken cancellationToken) => _keys is null || !MapOf(type).HasPersonalData
            ? json
            : RawJson.FromUtf8(await SealAsync(type, json.Utf8.ToArray(), place, tenant, cancellationToken));

    /// <summary>JSON of a type, with its personal data sealed.</summary>
    internal async ValueTask<byte[]> SealAsync(Type type, byte[] json, string place, string? tenant, CancellationToken cancellationToken)
    {
        if (_keys is null)
        {
            return json;
        }
        var map = MapOf(type);
        if (map.Problems.Count > 0)
        {
            throw new InvalidOperationException($"The personal data of {type} cannot be sealed: {string.Join(' ', map.Problems)}");
        }
        var spans = map.Find(json);
        return spans.Count == 0 || map.SubjectOf(json) is not { } subject
            ? json
            : Close(json, spans, SubjectText.Of(subject, tenant), await KeyAsync(SubjectText.Of(subject, tenant), cancellationToken), place);
    }

    /// <summary>The person's key, to seal with; <see langword="null"/> where they are erased.</summary>
    internal async ValueTask<SubjectKey.Held?> KeyAsync(DataSubjectId subject, CancellationToken cancellationToken) =>
        await _keys!.GetOrCreateAsync(subject, cancellationToken) as SubjectKey.Held;

    /// <summary>JSON with its sealed values opened with keys that were fetched before.</summary>
    internal static byte[] Open(
        ReadOnlySpan<byte> json, IReadOnlyList<(ValueSpan Span, SealedValue Value)> found, SubjectKeyRing keys, string place) =>
        ValueSpan.Replace(json, [.. found.Select(f => f.Span)], i => Open(found[i].Value, keys, place, found[i].Span.Path));

    /// <summary>The JSON of one sealed value.</summary>
    internal static byte[] Open(SealedValue value, SubjectKeyRing keys, string place, string path) => keys.Find(value.Subject) switch
    {
        SubjectKey.Held held => ValueSeal.Open(held, value, place, path),
        SubjectKey.Absent => throw new SubjectKeyMissingException(value.Subject),
        _ => ErasedJson,
    };

    private static byte[] Close(byte[] json, IReadOnlyList<ValueSpan> spans, DataSubjectId subject, SubjectKey.Held? key, string place)
    {
        return ValueSpan.Replace(json, spans, i => key is null
            ? ErasedJson
            : JsonSerializer.SerializeToUtf8Bytes(
                ValueSeal.Close(key, json.AsSpan(spans[i].Start, spans[i].Length), subject.ToString(), place, spans[i].Path), EventJson.Options));
    }
}
