using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>A view as it is stored: its personal data is sealed.</summary>
/// <param name="Json">The view.</param>
/// <param name="Subject">The person whose data is sealed in it; <see langword="null"/> where nothing is.</param>
public sealed record SealedView(RawJson Json, string? Subject)
{
    /// <summary>Seals a view.</summary>
    /// <typeparam name="TView">The view's type, whose attributes say what is personal.</typeparam>
    public static async ValueTask<SealedView> CloseAsync<TView>(
        PersonalDataVault personalData, ViewKey key, TView view, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(personalData);
        return Of(await personalData.SealAsync(view, PlaceOf(key), tenant: null, cancellationToken));
    }

    /// <summary>The view that is stored under a key, opened.</summary>
    /// <typeparam name="TView">What it is read as; <see cref="RawJson"/> for its JSON.</typeparam>
    /// <exception cref="ViewRefusedException">It does not fit its type, or a sealed value is not what was sealed there.</exception>
    public static async ValueTask<TView> OpenAsync<TView>(
        PersonalDataVault personalData, ViewKey key, RawJson stored, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(personalData);
        try
        {
            var opened = await personalData.OpenAsync(stored, PlaceOf(key), cancellationToken);
            return opened.To<TView>() ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (exception is JsonException or SealBrokenException)
        {
            throw new ViewRefusedException(
                $"The stored view '{key.Partition}/{key.Id}' does not fit {typeof(TView).Name}; rebuild the projection. {exception.Message}", exception);
        }
    }

    /// <summary>The view with <see cref="ErasedText"/> in place of what is sealed.</summary>
    public SealedView Erased() => new(Json.WithSealedErased(), null);

    /// <summary>A view that is sealed already.</summary>
    internal static SealedView Of(RawJson json) => new(json, SealedSpans.Find(json.Utf8) is [var first, ..] ? first.Value.Subject : null);

    private static string PlaceOf(ViewKey key) => $"view/{key.Partition}/{key.Id}";
}
