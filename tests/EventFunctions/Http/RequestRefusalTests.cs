using EventFunctions.Http;
using EventFunctions.Ordering.Api;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Tests.Http;

/// <summary>Requests that are refused for what they are addressed to or declared as.</summary>
public sealed class RequestRefusalTests
{
    [Theory]
    [InlineData("orders", "POST")]
    [InlineData("orders/8f1d6a5c0e9b4a6a9a4f0c1d2e3f4a5b", "GET")]
    [InlineData("ORDERS/8f1d6a5c0e9b4a6a9a4f0c1d2e3f4a5b/Cancel", "POST")]
    [InlineData("carrier/events", "POST")]
    [InlineData("health", "GET")]
    [InlineData("", "")]
    [InlineData("orders/1/2/3", "")]
    [InlineData("nothing/here", "")]
    public void An_address_takes_the_methods_its_functions_declare(string path, string methods) =>
        Assert.Equal(methods, string.Join(' ', new ApiRoutes().MethodsOf(path)));

    [Fact]
    public async Task A_method_the_address_does_not_take_is_405_and_told_the_ones_it_takes()
    {
        var call = await AskAsync("DELETE", "inventory/cup");

        Assert.Equal((405, "GET", "method-not-allowed"), (call.Response.StatusCode, call.Response.Headers.Allow.ToString(), call.Json.GetProperty("code").GetString()));
        Assert.False(call.Json.TryGetProperty("allow", out _));
    }

    [Fact]
    public async Task An_address_that_there_is_not_is_404_by_its_name()
    {
        var call = await AskAsync("GET", "nothing/here");

        Assert.Equal((404, "route-not-found"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Contains("'/api/nothing/here'", call.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("no type at all")]
    public async Task A_body_that_is_declared_to_be_no_json_is_415(string contentType)
    {
        var call = await ReadAsync("{}", contentType);

        Assert.Equal((415, "unsupported-media-type"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Contains(contentType, call.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("{}", "application/json")]
    [InlineData("{}", "application/json; charset=utf-8")]
    [InlineData("{}", "application/merge-patch+json")]
    [InlineData("", "application/x-www-form-urlencoded")]
    public async Task A_body_that_is_json_undeclared_or_not_there_is_read(string body, string? contentType) =>
        Assert.Equal(200, (await ReadAsync(body, contentType)).Response.StatusCode);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("null", "null")]
    public async Task A_body_with_nothing_in_it_is_called_that(string body, string word)
    {
        var call = await new HttpCall(body).AnswerAsync(async r => Results.Ok((await RequestBody.ReadAsync(r, CancellationToken.None)).Json<PlaceOrderRequest>()));

        Assert.Equal((400, "malformed-json"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Contains(word, call.Json.GetProperty("errors").GetProperty("$")[0].GetString(), StringComparison.Ordinal);
    }

    private static Task<HttpCall> AskAsync(string method, string path)
    {
        var call = new HttpCall();
        call.Request.Method = method;
        call.Request.Path = $"/api/{path}";
        return call.AnswerAsync(r => Task.FromResult(new UnknownRouteEndpoint(new ApiRoutes()).Run(r, path)));
    }

    private static Task<HttpCall> ReadAsync(string body, string? contentType)
    {
        var call = new HttpCall(body);
        call.Request.ContentType = contentType;
        return call.AnswerAsync(async r => new ApiResult(200, await RequestBody.ReadAsync(r, CancellationToken.None)));
    }
}
