using EventFunctions.Local.Functions.Http;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The ASP.NET Core side of an invocation.</summary>
public static class FunctionContextExtensions
{
    /// <summary>
    /// Returns the HTTP context of an invocation by HTTP, null for any other. Middleware sees it only if it was added after
    /// <c>ConfigureFunctionsWebApplication</c>.
    /// </summary>
    public static HttpContext? GetHttpContext(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(HttpResultMiddleware.HttpContextKey, out var value) ? value as HttpContext : null;
    }
}

/// <summary>The request and response of an invocation in the worker's own shape.</summary>
public static class FunctionContextHttpRequestExtensions
{
    /// <summary>Returns the request of an invocation by HTTP, null for any other.</summary>
    public static ValueTask<HttpRequestData?> GetHttpRequestDataAsync(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Features.Get<FunctionInvocation>()?.Input is TriggerInput.Http http
            ? AspNetCoreHttpRequestData.Of(context, http.Context)
            : (HttpRequestData?)null);
    }

    /// <summary>Returns the response the function has returned, null if it returned none or one of another shape.</summary>
    public static HttpResponseData? GetHttpResponseData(this FunctionContext context)
    {
        var outcome = InvocationOutcome.Of(context);
        return outcome.Value as HttpResponseData ?? outcome.Outputs.Select(o => o.Value).OfType<HttpResponseData>().FirstOrDefault();
    }
}
