using System.Net;
using System.Net.Http.Json;
using System.Text;
using EventFunctions.Local.Functions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace EventFunctions.Local.Functions.Tests;

public sealed class HttpBindingTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public async Task InitializeAsync() => _app = await TestApp.StartAsync(typeof(Bindings), typeof(StaticBindings), typeof(Overlapping));

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("api/items/7/name/blue?count=3", "7|blue|3|none")]
    [InlineData("api/items/7/name/blue?count=3&when=2026-01-31", "7|blue|3|2026-01-31T00:00:00.0000000Z")]
    [InlineData("api/items/7/name/blue", "7|blue|10|none")]
    public async Task Route_and_query_values_reach_parameters_of_their_name(string path, string expected) =>
        Assert.Equal(expected, await _app.Http.GetStringAsync(path));

    [Fact]
    public async Task A_route_constraint_that_does_not_hold_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Http.GetAsync("api/items/seven/name/blue")).StatusCode);

    [Theory]
    [InlineData("api/codes/AB12", HttpStatusCode.OK)]
    [InlineData("api/codes/AB-2", HttpStatusCode.NotFound)]
    public async Task A_route_can_be_constrained_by_an_expression(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, (await _app.Http.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("items/7/name/blue")]
    [InlineData("api/nothing")]
    public async Task An_unknown_route_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Http.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Another_method_is_not_found_as_on_Azure() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Http.DeleteAsync("api/items/7/name/blue")).StatusCode);

    [Fact]
    public async Task Of_several_routes_that_fit_the_first_function_by_name_is_taken_as_on_Azure()
    {
        Assert.Equal("details of list", await _app.Http.GetStringAsync("api/products/list"));
        Assert.Equal("anything: products/list/all", await _app.Http.GetStringAsync("api/products/list/all"));
    }

    [Fact]
    public async Task A_route_that_is_not_given_is_the_function_s_name_and_takes_every_method()
    {
        Assert.Equal("PATCH", await (await _app.Http.PatchAsync("api/Named", null)).Content.ReadAsStringAsync());
        Assert.Equal("PUT", await (await _app.Http.PutAsync("api/named", null)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_body_is_bound_with_the_web_s_json_defaults()
    {
        var response = await _app.Http.PostAsJsonAsync("api/body", new { text = "hello", number = 4 });

        Assert.Equal("""{"text":"hello!","number":5}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_action_result_runs_with_its_status_headers_and_body()
    {
        var response = await _app.Http.PostAsync("api/created", null);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/items/1", response.Headers.Location?.ToString());
        Assert.Equal("""{"itemId":1}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_worker_s_own_request_and_response_types_work()
    {
        using var content = new StringContent("ping", Encoding.UTF8, "text/plain");
        var response = await _app.Http.PostAsync("api/data?q=1%202", content);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("yes", Assert.Single(response.Headers.GetValues("X-Test")));
        Assert.Equal("""{"Body":"ping","Query":"1 2","Method":"POST"}""", await response.Content.ReadAsStringAsync());
        Assert.Contains("c=1", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_outputs_the_http_result_is_the_response()
    {
        var response = await _app.Http.GetAsync("api/several");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("taken", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_result_that_is_no_response_leaves_the_body_empty_and_is_logged()
    {
        var response = await _app.Http.GetAsync("api/plain");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
        Assert.Contains(_app.Log.Lines, line => line.Text.Contains("Plain returned no HTTP response", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Static_functions_need_no_instance() =>
        Assert.Equal("static", await _app.Http.GetStringAsync("api/Static"));

    public sealed record Note(string Text, int Number);

    public sealed class Several
    {
        [HttpResult]
        public IActionResult? Response { get; init; }

        public string Ignored { get; init; } = "not a response";
    }

    public sealed class Overlapping
    {
        [Function("ProductList")]
        public static IActionResult List([HttpTrigger("get", Route = "products/list")] HttpRequest request) => new ContentResult { Content = "list" };

        [Function("productDetails")]
        public static IActionResult Details([HttpTrigger("get", Route = "products/{id}")] HttpRequest request, string id) =>
            new ContentResult { Content = $"details of {id}" };

        [Function("ProductOrAnything")]
        public static IActionResult Anything([HttpTrigger("get", Route = "products/{*path}")] HttpRequest request, string path) =>
            new ContentResult { Content = $"anything: products/{path}" };
    }

    public sealed class Bindings
    {
        [Function("Get")]
        public Task<IResult> Get(
            [HttpTrigger(AuthorizationLevel.Function, "get", Route = "items/{id:int}/name/{name}")] HttpRequest request,
            int id,
            string name,
            DateTime? when,
            int count = 10) =>
            Task.FromResult(Results.Text($"{id}|{name}|{count}|{when?.ToString("O") ?? "none"}"));

        [Function("Coded")]
        public IActionResult Coded([HttpTrigger("get", Route = @"codes/{code:regex(^[A-Z0-9]{{4}}$)}")] HttpRequest request, string code) =>
            code == "AB12" ? new OkResult() : new BadRequestResult();

        [Function("Named")]
        public IActionResult Named([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new ContentResult { Content = request.Method };

        [Function("Body")]
        public IResult Body([HttpTrigger("post", Route = "body")] HttpRequest request, [FromBody] Note note) =>
            Results.Json(note with { Text = note.Text + "!", Number = note.Number + 1 });

        [Function("Created")]
        public IActionResult Created([HttpTrigger("post", Route = "created")] HttpRequest request) =>
            new CreatedResult("/api/items/1", new { itemId = 1 });

        [Function("Data")]
        public async Task<HttpResponseData> Data([HttpTrigger("post", Route = "data")] HttpRequestData request)
        {
            var response = request.CreateResponse(HttpStatusCode.Accepted);
            response.Headers.Add("X-Test", "yes");
            response.Cookies.Append("c", "1");
            await response.WriteAsJsonAsync(
                new { Body = await request.ReadAsStringAsync(), Query = request.Query["q"], request.Method });
            return response;
        }

        [Function("Several")]
        public async ValueTask<Several> Outputs([HttpTrigger("get", Route = "several")] HttpRequest request)
        {
            await Task.Yield();
            return new Several { Response = new ConflictObjectResult("taken") };
        }

        [Function("Plain")]
        public string Plain([HttpTrigger("get", Route = "plain")] HttpRequest request) => "nobody sees this";
    }

    public static class StaticBindings
    {
        [Function("Static")]
        public static IResult Run([HttpTrigger("get")] HttpRequest request) => Results.Text("static");
    }
}
