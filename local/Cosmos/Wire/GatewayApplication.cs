using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>
/// Puts the middleware on Kestrel itself. A web host would give each request a tracing activity, a logging scope and a service
/// scope, none of which this endpoint has a use for, and each of which the system's other rooms would pay for.
/// </summary>
internal sealed class GatewayApplication(GatewayMiddleware middleware) : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        // A connection's requests follow each other, and may as well share one context.
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> connection)
        {
            return new DefaultHttpContext(contextFeatures);
        }

        var context = connection.HostContext ??= new DefaultHttpContext();
        context.Initialize(contextFeatures);
        return context;
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) => middleware.HandleAsync(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
}
