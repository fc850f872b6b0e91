using System.Globalization;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A view as an item.</summary>
/// <param name="Id">The id of the view's key.</param>
/// <param name="Partition">The partition key.</param>
/// <param name="Kind">The projection's name.</param>
/// <param name="Version">The version of the stream it shows.</param>
/// <param name="Since">The order of a list: a time as text of one length, because the store compares text.</param>
/// <param name="AsOf">The time of the newest event it shows.</param>
/// <param name="View">The view.</param>
/// <typeparam name="TView">The view's type.</typeparam>
internal sealed record ViewDocument<TView>(string Id, string Partition, string Kind, long Version, string Since, DateTimeOffset AsOf, TView View)
    where TView : class
{
    public static ViewDocument<TView> Of(ViewKey key, string kind, VersionedView<TView> view) =>
        new(
            key.Id,
            key.Partition,
            kind,
            view.Version,
            view.Since.UtcDateTime.ToString("O"),
            view.AsOf.ToUniversalTime(),
            view.View);

    public VersionedView<TView> ToView() =>
        new(View, Version, DateTimeOffset.Parse(Since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), AsOf);
}
