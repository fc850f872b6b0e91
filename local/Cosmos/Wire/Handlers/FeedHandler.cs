using System.Buffers;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>The feeds of a container: its items in order of creation, and the change feed.</summary>
internal static class FeedHandler
{
    private const long PageBytes = 4 * 1024 * 1024;

    public static Task<GatewayResponse> ReadAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken) =>
        request.Header(HeaderNames.IncrementalFeed) switch
        {
            null => ReadItemsAsync(request, container, cancellationToken),
            "Incremental Feed" or "Incremental feed" => ReadChangesAsync(request, container, cancellationToken),
            var other => Task.FromResult(GatewayResponse.Error(400, 0, $"The change feed mode '{other}' is not supported, only the latest version ('Incremental Feed').")),
        };

    private static async Task<GatewayResponse> ReadItemsAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken)
    {
        if (Scopes.TryFind(request, container) is not { } scope)
        {
            return await ReadAllAsync(request, container, cancellationToken);
        }

        var after = ParseContinuation(request.Header(HeaderNames.Continuation));
        var page = await container.ReadAsync(scope, after, request.PageSize(), PageBytes, cancellationToken);
        return ToResponse(container, page) with { Continuation = page.IsLast ? null : page.Items[^1].Number.ToString() };
    }

    /// <summary>All key ranges one after the other, a page of one range at a time; the page at the end of a range may be empty.</summary>
    private static async Task<GatewayResponse> ReadAllAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken)
    {
        var (range, after) = ParseContinuation(request.Header(HeaderNames.Continuation), container.Ranges.Count);
        var page = await container.ReadAsync(new ItemScope.Range(range, null, null), after, request.PageSize(), PageBytes, cancellationToken);
        return ToResponse(container, page) with
        {
            Continuation = !page.IsLast ? $"{range}/{page.Items[^1].Number}"
                : range + 1 < container.Ranges.Count ? $"{range + 1}/0"
                : null,
        };
    }

    private static GatewayResponse ToResponse(ContainerStore container, ItemPage page) => new(200)
    {
        Body = DocumentList.Write(container.Rid, page.Items, (output, item) => output.Write(item.Json.Span)),
        ItemCount = page.Items.Count,
        Session = page.Session,
        Charge = ChargeOf(page.Items),
    };

    private static async Task<GatewayResponse> ReadChangesAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken)
    {
        var page = await container.ReadChangesAsync(Scopes.Of(request, container), StartOf(request), request.PageSize(), PageBytes, cancellationToken);
        var etag = $"\"{page.Next}\"";
        if (page.Items.Count == 0)
        {
            return new GatewayResponse(304) { ETag = etag, ItemCount = 0, Session = page.Session };
        }

        return new GatewayResponse(200)
        {
            Body = DocumentList.Write(container.Rid, page.Items, SystemProperties.WriteWithLsn),
            ETag = etag,
            ItemCount = page.Items.Count,
            Session = page.Session,
            Charge = ChargeOf(page.Items),
        };
    }

    private static double ChargeOf(IReadOnlyList<StoredItem> items)
    {
        var bytes = items.Sum(i => i.Json.Length);
        return RequestCharges.Query(items.Count, bytes, bytes);
    }

    /// <summary>A position wins over a time: a client that has one goes on sending the time it began with.</summary>
    private static ChangeFeedStart StartOf(GatewayRequest request)
    {
        switch (request.IfNoneMatch)
        {
            case null when request.Header("If-Modified-Since") is { } text:
                return DateTimeOffset.TryParse(text, out var since)
                    ? new ChangeFeedStart.Since(since.ToUnixTimeSeconds())
                    : throw new RequestRefusedException(400, 0, $"The header If-Modified-Since is not a date: '{text}'.");
            case null:
                return new ChangeFeedStart.After(0);
            case "*":
                return new ChangeFeedStart.Now();
            case var etag:
                return long.TryParse(etag.Trim('"'), out var lsn) && lsn >= 0
                    ? new ChangeFeedStart.After(lsn)
                    : throw new RequestRefusedException(400, 0, $"The header If-None-Match is not a position of the change feed: '{etag}'.");
        }
    }

    private static (int Range, long After) ParseContinuation(string? text, int ranges) =>
        text is null ? (0, 0)
        : text.Split('/') is [var first, var second] && int.TryParse(first, out var range) && range >= 0 && range < ranges
            ? (range, ParseContinuation(second))
            : throw new RequestRefusedException(400, 0, $"The continuation '{text}' is not one of this feed's.");

    private static long ParseContinuation(string? text) =>
        text is null ? 0
        : long.TryParse(text, out var number) && number >= 0 ? number
        : throw new RequestRefusedException(400, 0, $"The continuation '{text}' is not one of this feed's.");
}
