using System.Net;

namespace EventFunctions.Webhooks.Sending;

/// <summary>How connections to outsiders are made.</summary>
public static class WebhookHttp
{
    private const int MaxHeadersInKilobytes = 16;

    /// <summary>Lets connections go after a while, so that a name is looked up, and its addresses checked, again.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>A handler without redirects, cookies, proxies or credentials, whose connections are guarded.</summary>
    public static SocketsHttpHandler NewHandler(GuardedConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = (context, cancellationToken) => connection.ConnectAsync(context.DnsEndPoint, cancellationToken),
            MaxResponseHeadersLength = MaxHeadersInKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
            UseProxy = false,
        };
    }
}
