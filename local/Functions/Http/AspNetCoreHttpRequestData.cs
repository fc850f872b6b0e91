using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EventFunctions.Local.Functions.Http;

/// <summary>The worker's view of an ASP.NET Core request.</summary>
internal sealed class AspNetCoreHttpRequestData : HttpRequestData
{
    private readonly HttpContext _http;
    private HttpHeadersCollection? _headers;

    private AspNetCoreHttpRequestData(FunctionContext context, HttpContext http)
        : base(context) => _http = http;

    public override Stream Body => _http.Request.Body;

    public override HttpHeadersCollection Headers => _headers ??= new HttpHeadersCollection(
        _http.Request.Headers.Select(header => KeyValuePair.Create(header.Key, (IEnumerable<string>)header.Value.OfType<string>())));

    public override IReadOnlyCollection<IHttpCookie> Cookies =>
        [.. _http.Request.Cookies.Select(cookie => new HttpCookie(cookie.Key, cookie.Value))];

    public override Uri Url => new(_http.Request.GetEncodedUrl());

    public override IEnumerable<ClaimsIdentity> Identities => _http.User.Identities;

    public override string Method => _http.Request.Method;

    /// <summary>The one view of an invocation.</summary>
    public static AspNetCoreHttpRequestData Of(FunctionContext context, HttpContext http)
    {
        if (context.Features.Get<AspNetCoreHttpRequestData>() is { } request)
        {
            return request;
        }

        request = new AspNetCoreHttpRequestData(context, http);
        context.Features.Set(request);
        return request;
    }

    public override HttpResponseData CreateResponse() => new AspNetCoreHttpResponseData(FunctionContext, _http.Response);
}
