using System.Globalization;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A view as an item of the container <c>views</c>.</summary>
/// <param name="Id">The view's id within its partition.</param>
/// <param name="Partition">The partition key.</param>
/// <param name="Kind">What sort of view it is; lists ask for one kind.</param>
/// <param name="Version">The stream version that the view has applied.</param>
/// <param name="Since">When the view began to exist, UTC, in one fixed width, so that it sorts as text.</param>
/// <param name="AsOf">The time of the newest event that the view has applied, UTC.</param>
/// <param name="View">The view itself, its personal data sealed.</param>
/// <param name="Subject">The person whose data is sealed in it, so that an erasure finds it.</param>
internal sealed record ViewDocument(
    string Id, string Partition, string Kind, long Version, string Since, DateTimeOffset AsOf, RawJson View, string? Subject = null)
{
    /// <summary>The key it is stored under.</summary>
    public ViewKey Key() => new(Partition, Id);

    /// <summary>Composes the item, and seals the view in it.</summary>
    public static async ValueTask<ViewDocument> OfAsync<TView>(
        PersonalDataVault personalData, ViewKey key, string kind, VersionedView<TView> view, CancellationToken cancellationToken)
        where TView : class
    {
        var closed = await SealedView.CloseAsync(personalData, key, view.View, cancellationToken);
        return new ViewDocument(
            key.Id,
            key.Partition,
            kind,
            view.Version,
            view.Since.UtcDateTime.ToString("O"),
            view.AsOf.ToUniversalTime(),
            closed.Json,
            closed.Subject);
    }

    /// <summary>The view in the item, opened.</summary>
    /// <exception cref="ViewRefusedException">It does not fit its type, or a sealed value is not what was sealed there.</exception>
    public async ValueTask<VersionedView<TView>> ToViewAsync<TView>(PersonalDataVault personalData, CancellationToken cancellationToken)
        where TView : class =>
        new(
            await SealedView.OpenAsync<TView>(personalData, Key(), View, cancellationToken),
            Version,
            DateTimeOffset.Parse(Since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            AsOf);

    /// <summary>The item with nothing sealed in it: <see cref="ErasedText"/> stands there instead.</summary>
    public ViewDocument Erased() => this with { View = View.WithSealedErased(), Subject = null };
}
