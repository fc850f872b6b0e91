using EventFunctions.Local.Functions.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Http;

/// <summary>
/// Gives HTTP invocations their HTTP context and, once the rest of the pipeline has run, executes the result as it then is.
/// </summary>
internal sealed class HttpResultMiddleware(ILogger<HttpResultMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public const string HttpContextKey = "HttpRequestContext";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.Features.Get<FunctionInvocation>()?.Input is not TriggerInput.Http { Context: var http })
        {
            await next(context);
            return;
        }

        http.RequestServices = context.InstanceServices;
        context.Items[HttpContextKey] = http;
        await next(context);
        var outcome = InvocationOutcome.Of(context);
        AspNetCoreHttpResponseData.Discard(http, except: context.GetHttpResponseData());
        if (await ExecuteAsync(http, outcome.Value))
        {
            return;
        }

        var response = outcome.Outputs.FirstOrDefault(output => output.BindingType == "http");
        if (response is null || !await ExecuteAsync(http, response.Value))
        {
            logger.LogDebug("{Function} returned no HTTP response.", context.FunctionDefinition.Name);
        }
    }

    private static async Task<bool> ExecuteAsync(HttpContext http, object? result)
    {
        switch (result)
        {
            case IActionResult action:
                await action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                return true;
            case IResult minimal:
                await minimal.ExecuteAsync(http);
                return true;
            case HttpResponseData:
                // It wrote to the response itself.
                return true;
            default:
                return false;
        }
    }
}
