using System.Net;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Durable.Management;
using EventFunctions.Local.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Http;

/// <summary>Serves the app's HTTP functions and the management API of the task hub on loopback.</summary>
internal sealed class HttpFrontend : IAsyncDisposable
{
    /// <summary>The host on Azure takes up to 210 MB.</summary>
    private const long MaxBodySize = 210L * 1024 * 1024;

    private readonly WebApplication _server;

    public HttpFrontend(
        FunctionCatalog catalog,
        HostConfiguration host,
        LocalFunctionsOptions options,
        HttpInvoker invoker,
        ManagementApi management,
        ILoggerFactory loggerFactory)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        _server = builder.Build();
        _server.UseRouting();
        _server.Use(RefuseOtherMethodsAsAzureDoes);
        management.Map(_server);
        var policies = _server.Services.GetRequiredService<ParameterPolicyFactory>();
        var problems = new List<string>();
        foreach (var (order, function) in InOrderOfMatching(catalog.Functions))
        {
            if (function.Trigger is Trigger.Http http)
            {
                var template = host.RoutePrefix.Length == 0 ? http.Route : $"{host.RoutePrefix}/{http.Route}";
                Map(_server, function, http, RouteTemplates.Parse(template, function.Name, policies, problems), order, invoker);
            }
        }

        if (problems.Count > 0)
        {
            throw new FunctionsStartupException(problems);
        }
    }

    /// <summary>Where the server listens, with a slash at the end.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <exception cref="FunctionsStartupException">The port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new FunctionsStartupException($"the HTTP port can't be opened: {exception.Message} Give another, or 0 for a free one.", exception);
        }

        Address = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>
    /// The host on Azure answers 404 where a route has no function for the method; routing would answer 405, by an endpoint that
    /// is none of ours (https://github.com/Azure/azure-functions-host/issues/10098).
    /// </summary>
    private static Task RefuseOtherMethodsAsAzureDoes(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not RouteEndpoint)
        {
            http.SetEndpoint(null);
        }

        return next(http);
    }

    /// <summary>
    /// Where several routes fit an address, the host on Azure takes the function that is first by name, however much better another
    /// one fits (https://github.com/Azure/azure-functions-host/issues/9876).
    /// </summary>
    private static IEnumerable<(int Order, Function Function)> InOrderOfMatching(IEnumerable<Function> functions) =>
        functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Select((function, order) => (order, function));

    private static void Map(
        IEndpointRouteBuilder routes, Function function, Trigger.Http trigger, RoutePattern? pattern, int order, HttpInvoker invoker)
    {
        if (pattern is null)
        {
            return;
        }

        var endpoint = routes.Map(pattern, http => invoker.InvokeAsync(function, http));
        endpoint.WithDisplayName(function.Name).WithOrder(order);
        if (trigger.Methods.Count > 0)
        {
            endpoint.WithMetadata(new HttpMethodMetadata(trigger.Methods));
        }
    }
}
