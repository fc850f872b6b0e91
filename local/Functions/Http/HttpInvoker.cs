using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace EventFunctions.Local.Functions.Http;

/// <summary>Runs a function for a request; what it throws becomes a problem document (RFC 9457).</summary>
internal sealed class HttpInvoker(FunctionInvoker invoker, StopSignals signals)
{
    public async Task InvokeAsync(Function function, HttpContext http)
    {
        var request = new InvocationRequest(new TriggerInput.Http(http))
        {
            BindingData = () => ReadBindingData(http.Request),
            TraceParent = Header(http.Request, "traceparent"),
            TraceState = Header(http.Request, "tracestate"),
        };
        var services = http.RequestServices;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, signals.Cancelled);
        try
        {
            await invoker.InvokeAsync(function, request, ending.Token);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to answer.
        }
#pragma warning disable CA1031 // The last stop of a request: the invoker has logged the exception, the client gets a 500.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // The invocation's services have ended with it.
            http.RequestServices = services;
            await AnswerFailureAsync(http, exception);
        }
    }

    private static async Task AnswerFailureAsync(HttpContext http, Exception exception)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }

        var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        AspNetCoreHttpResponseData.Discard(http);
        http.Response.Clear();
        http.Response.StatusCode = status;
        var problem = new ProblemDetails
        {
            Status = status,
            Title = status == StatusCodes.Status500InternalServerError ? "The function failed." : exception.Message,
            Type = "about:blank",
        };
        await http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", CancellationToken.None);
    }

    private static Dictionary<string, object?> ReadBindingData(HttpRequest request)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Headers"] = ToJson(request.Headers),
            ["Query"] = ToJson(request.Query),
        };
        foreach (var (name, value) in request.RouteValues)
        {
            data[name] = value;
        }

        return data;
    }

    private static string ToJson(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        System.Text.Json.JsonSerializer.Serialize(values.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal));

    private static string? Header(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
