using System.Globalization;
using System.Xml;
using Azure.Messaging.ServiceBus;
using EventFunctions.Local.ServiceBus.Amqp;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>The administration on HTTP: checks the token, takes the request apart, and writes the answer.</summary>
internal sealed class AdministrationApplication(ServiceBusBroker broker, AccessKey key, TimeProvider clock, ILogger log) : IHttpApplication<DefaultHttpContext>
{
    private const int MaxPage = 100;

    private AdministrationRouter? _router;

    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures) => new(contextFeatures);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();

    public async Task ProcessRequestAsync(DefaultHttpContext context)
    {
        var response = await AnswerAsync(context);
        context.Response.StatusCode = response.Status;
        context.Response.ContentType = "application/atom+xml;type=entry;charset=utf-8";
        if (response.ETag is { } tag)
        {
            context.Response.Headers.ETag = $"\"{tag}\"";
        }

        if (response.Body is { } body)
        {
            using var buffer = new MemoryStream();
            await using (var writer = XmlWriter.Create(buffer, new XmlWriterSettings { Async = true, OmitXmlDeclaration = true, Encoding = new System.Text.UTF8Encoding(false) }))
            {
                await body.WriteToAsync(writer, context.RequestAborted);
            }

            context.Response.ContentLength = buffer.Length;
            await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
        }
    }

    private async Task<AdministrationResponse> AnswerAsync(DefaultHttpContext context)
    {
        try
        {
            var path = context.Request.Path.Value?.Trim('/') ?? string.Empty;
            if (path.Equals("health", StringComparison.OrdinalIgnoreCase))
            {
                return new AdministrationResponse(200, Body: null);
            }

            Authorize(context.Request, path);
            return await Router(context).AnswerAsync(Read(context.Request, path), context.RequestAborted);
        }
        catch (AdministrationException refusal)
        {
            return AdministrationResponse.Error(refusal.Status, refusal.Message);
        }
        catch (ServiceBusException exception) when (exception.Reason == ServiceBusFailureReason.ServiceBusy)
        {
            return AdministrationResponse.Error(503, exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "A request to the Service Bus administration failed.");
            return AdministrationResponse.Error(500, $"The endpoint failed: {exception.Message}");
        }
    }

    private void Authorize(HttpRequest request, string path)
    {
        var now = clock.GetUtcNow();
        var (grant, refusal) = SharedAccessToken.Check(request.Headers.Authorization.ToString(), key, now);
        if (grant?.Covers(path, now) != true)
        {
            throw new AdministrationException(401, refusal ?? $"The token is for '{grant!.Path}', and not for '{path}'.");
        }
    }

    private AdministrationRouter Router(DefaultHttpContext context) =>
        _router ??= new AdministrationRouter(broker, new Uri($"http://{context.Request.Host}/"), clock);

    private static AdministrationRequest Read(HttpRequest request, string path) => new(
        request.Method,
        ResourcePath.Parse(path),
        $"http://{request.Host}/{path}",
        Number(request, "$skip", 0, int.MaxValue),
        Number(request, "$top", MaxPage, MaxPage),
        request.Headers.IfMatch.Count > 0 ? request.Headers.IfMatch.ToString() : null,
        request.Body);

    private static int Number(HttpRequest request, string name, int otherwise, int max)
    {
        if (!request.Query.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, max)
            : throw AdministrationException.BadRequest($"{name} is to be a whole number, not '{text}'.");
    }
}
