using System.Diagnostics;
using System.Net;
using EventFunctions.Local.Functions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Functions.Tests;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task Middleware_runs_in_the_order_of_registration_around_the_function()
    {
        await using var app = await StartAsync(builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware(Tracing("first"));
            builder.UseMiddleware<SecondMiddleware>();
            builder.UseWhen(context => context.FunctionDefinition.Name == "Other", Tracing("never"));
        });

        await app.Http.GetAsync("api/run");

        Assert.Equal(["first in", "second in", "function", "second out", "first out"], app.Recorder.Entries);
    }

    [Fact]
    public async Task Middleware_may_put_another_result_in_place_of_an_exception()
    {
        await using var app = await StartAsync(builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware(async (context, next) =>
            {
                try
                {
                    await next();
                }
                catch (InvalidOperationException exception)
                {
                    context.GetInvocationResult().Value = new ObjectResult(exception.Message) { StatusCode = 422 };
                }
            });
        });

        var response = await app.Http.GetAsync("api/fail");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("broken rule", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_result_runs_after_the_pipeline_so_the_replaced_one_is_never_executed()
    {
        await using var app = await StartAsync(builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware(async (context, next) =>
            {
                await next();
                Assert.IsType<OkObjectResult>(context.GetInvocationResult<IActionResult>().Value);
                context.GetHttpContext()!.Response.Headers["X-From"] = "middleware";
                context.GetInvocationResult().Value = new NotFoundResult();
            });
        });

        var response = await app.Http.GetAsync("api/run");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("middleware", Assert.Single(response.Headers.GetValues("X-From")));
        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Middleware_added_before_the_web_application_sees_no_http_context()
    {
        await using var app = await StartAsync(builder =>
        {
            builder.UseMiddleware((context, next) => Report(context, "before", next));
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware((context, next) => Report(context, "after", next));
        });

        await app.Http.GetAsync("api/run");

        Assert.Equal(["before False", "after True", "function"], app.Recorder.Entries);

        static Task Report(FunctionContext context, string name, Func<Task> next)
        {
            context.InstanceServices.GetRequiredService<Recorder>().Add($"{name} {context.GetHttpContext() is not null}");
            return next();
        }
    }

    [Fact]
    public async Task Each_invocation_has_a_scope_of_its_own_that_is_also_the_request_s()
    {
        await using var app = await StartAsync(builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddScoped<Scoped>();
            builder.UseMiddleware((context, next) =>
            {
                var recorder = context.InstanceServices.GetRequiredService<Recorder>();
                var scoped = context.InstanceServices.GetRequiredService<Scoped>();
                recorder.Add(scoped);
                recorder.Add(ReferenceEquals(context.InstanceServices, context.GetHttpContext()!.RequestServices));
                return next();
            });
        });

        await app.Http.GetAsync("api/run");
        await app.Http.GetAsync("api/run");

        var scopes = app.Recorder.Of<Scoped>();
        Assert.Equal(2, scopes.Distinct().Count());
        Assert.All(scopes, scope => Assert.True(scope.IsDisposed));
        Assert.Equal([true, true], app.Recorder.Of<bool>());
    }

    [Fact]
    public async Task The_trace_of_the_caller_goes_on_in_the_context_and_the_activity()
    {
        const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var app = await StartAsync(builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware((context, next) =>
            {
                var recorder = context.InstanceServices.GetRequiredService<Recorder>();
                recorder.Add(context.TraceContext.TraceParent);
                recorder.Add(Activity.Current!.Id!);
                recorder.Add(Activity.Current!.ParentId!);
                return next();
            });
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/run");
        request.Headers.Add("traceparent", Parent);

        await app.Http.SendAsync(request);

        var ids = app.Recorder.Of<string>();
        Assert.Equal(ids[0], ids[1]);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", ids[0], StringComparison.Ordinal);
        Assert.Equal(Parent, ids[2]);
    }

    [Fact]
    public async Task The_context_describes_the_function_and_its_trigger()
    {
        await using var app = await StartAsync(builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware((context, next) =>
            {
                var recorder = context.InstanceServices.GetRequiredService<Recorder>();
                var definition = context.FunctionDefinition;
                recorder.Add($"{definition.Name} {definition.EntryPoint} {definition.Parameters.Length}");
                recorder.Add($"{definition.InputBindings["request"].Type} {definition.OutputBindings["$return"].Type}");
                recorder.Add($"{context.BindingContext.BindingData["Query"]} {context.RetryContext is null}");
                return next();
            });
        });

        await app.Http.GetAsync("api/run?a=b");

        Assert.Equal($"Run {typeof(Runs).FullName}.Run 2", app.Recorder.Entries[0]);
        Assert.Equal("httpTrigger http", app.Recorder.Entries[1]);
        Assert.Equal("""{"a":"b"} True""", app.Recorder.Entries[2]);
    }

    [Fact]
    public async Task A_composition_can_be_built_but_not_started_without_a_host()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.Contains("local/Host", failure.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => builder.Build());
    }

    private static Task<TestApp> StartAsync(Action<FunctionsApplicationBuilder> compose) =>
        TestApp.StartAsync(new TestAppOptions { Functions = [typeof(Runs)], Compose = compose });

    private static Func<FunctionContext, Func<Task>, Task> Tracing(string name) => async (context, next) =>
    {
        var recorder = context.InstanceServices.GetRequiredService<Recorder>();
        recorder.Add($"{name} in");
        await next();
        recorder.Add($"{name} out");
    };

    public sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    public sealed class SecondMiddleware(Recorder recorder) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            recorder.Add("second in");
            await next(context);
            recorder.Add("second out");
        }
    }

    public sealed class Runs(Recorder recorder)
    {
        [Function("Run")]
        public IActionResult Run([HttpTrigger("get", Route = "run")] HttpRequest request, FunctionContext context)
        {
            recorder.Add("function");
            return new OkObjectResult(context.InvocationId);
        }

        [Function("Fail")]
        public IActionResult Fail([HttpTrigger("get", Route = "fail")] HttpRequest request) =>
            throw new InvalidOperationException("broken rule");
    }
}
