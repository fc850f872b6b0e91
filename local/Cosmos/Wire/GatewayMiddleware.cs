using System.Globalization;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Journal;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>HTTP on one side, the router on the other. Whatever goes wrong behind it becomes an answer; the server goes on.</summary>
internal sealed class GatewayMiddleware(Router router, MasterKey key, ILogger logger)
{
    /// <summary>What is read at all; a body beyond it ends the connection.</summary>
    public const int MaxReadBytes = 64 * 1024 * 1024;

    /// <summary>Above the largest item and batch, which have limits and errors of their own.</summary>
    private const int MaxBodyBytes = 4 * 1024 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        if (await RespondAsync(context) is { } response)
        {
            await WriteAsync(context, response);
        }
        else
        {
            // Without this the server would look for the rest of the request.
            context.Abort();
        }
    }

    /// <returns><see langword="null"/> if the client has gone and there is nobody to answer.</returns>
    private async Task<GatewayResponse?> RespondAsync(HttpContext context)
    {
        var http = context.Request;
        try
        {
            var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
            var body = await ReadBodyAsync(context, context.RequestAborted);
            if (!key.Accepts(http.Method, target, http.Headers[HeaderNames.XDate], http.Headers.Authorization))
            {
                return GatewayResponse.Error(401, 0, "The signature of the request was not made with the account's key.");
            }

            var request = new GatewayRequest(http.Method, ResourcePath.Parse(target), http.Headers, body, http.Host.ToUriComponent());
            return await router.RouteAsync(request, context.RequestAborted);
        }
        catch (RequestRefusedException refused)
        {
            return GatewayResponse.Error(refused.Status, refused.SubStatus, refused.Message);
        }
        catch (SqlSyntaxException refused)
        {
            // What only shows when an expression meets an item, such as a pattern that can't be read.
            return GatewayResponse.Error(400, 0, refused.Message);
        }
        catch (JournalFailedException failed)
        {
            // The service's word for what may be tried again elsewhere or later; here, once the disk has been seen to.
            return GatewayResponse.Error(503, 0, failed.Message);
        }
        catch (BadHttpRequestException bad)
        {
            // Kestrel's own word on a body that is too large or ends too early.
            return GatewayResponse.Error(bad.StatusCode, 0, bad.Message);
        }
        catch (Exception gone) when (gone is ConnectionResetException or ConnectionAbortedException
            || (gone is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            return null;
        }
#pragma warning disable CA1031 // The last resort: a fault in one request is reported to its client and must not end the server.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.LogError(fault, "The request {Method} {Path} failed", http.Method, http.Path);
            return GatewayResponse.Error(500, 0, $"The endpoint failed on this request: {fault.GetType().Name}: {fault.Message}");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var http = context.Request;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return default;
        }

        if (http.ContentLength is { } length)
        {
            if (length > MaxBodyBytes)
            {
                // Read to its end all the same: a client that is cut off while it writes does not see the answer.
                await http.Body.CopyToAsync(Stream.Null, cancellationToken);
                throw new RequestRefusedException(413, 0, $"The request has {length} bytes; the largest may have {MaxBodyBytes}.");
            }

            var body = new byte[length];
            await http.Body.ReadExactlyAsync(body, cancellationToken);
            return body;
        }

        using var buffer = new MemoryStream();
        await http.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.Length <= MaxBodyBytes
            ? buffer.ToArray()
            : throw new RequestRefusedException(413, 0, $"The request has {buffer.Length} bytes; the largest may have {MaxBodyBytes}.");
    }

    private static async Task WriteAsync(HttpContext context, GatewayResponse response)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = response.Status;
        headers[HeaderNames.ActivityId] = ActivityIdOf(context.Request);
        headers[HeaderNames.RequestCharge] = response.Charge.ToString("0.##");
        if (response.SubStatus != 0)
        {
            headers[HeaderNames.SubStatus] = response.SubStatus.ToString();
        }

        Set(headers, "ETag", response.ETag);
        Set(headers, HeaderNames.Continuation, response.Continuation);
        Set(headers, HeaderNames.ItemCount, response.ItemCount?.ToString());
        if (response.Session is { } session)
        {
            headers[HeaderNames.SessionToken] = $"{session.Range}:-1#{session.Lsn}";
            headers[HeaderNames.Lsn] = session.Lsn.ToString();
        }

        if (response.RetryAfter is { } wait)
        {
            headers[HeaderNames.RetryAfter] = Math.Ceiling(wait.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture);
        }

        if (response.LeastThroughput is { } least)
        {
            headers[HeaderNames.LeastThroughput] = least.ToString(CultureInfo.InvariantCulture);
            headers[HeaderNames.OfferReplacePending] = "false";
        }

        if (response.Status is 204 or 304)
        {
            return;
        }

        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Body.Length;
        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
    }

    /// <summary>The client's own, so that it finds its request again; but a header that goes out takes printable ASCII alone.</summary>
    private static string ActivityIdOf(HttpRequest http) =>
        http.Headers[HeaderNames.ActivityId] is [{ Length: > 0 } id, ..] && !id.AsSpan().ContainsAnyExceptInRange(' ', '~') ? id : Guid.NewGuid().ToString();

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (value is not null)
        {
            headers[name] = value;
        }
    }
}
