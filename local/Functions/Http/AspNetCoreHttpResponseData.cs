using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EventFunctions.Local.Functions.Http;

/// <summary>The worker's view of an ASP.NET Core response; what is written goes straight to it.</summary>
internal sealed class AspNetCoreHttpResponseData : HttpResponseData
{
    private readonly HttpResponse _response;

    public AspNetCoreHttpResponseData(FunctionContext context, HttpResponse response)
        : base(context)
    {
        _response = response;
        Cookies = new AspNetCoreHttpCookies(response);
        response.HttpContext.Items[typeof(AspNetCoreHttpResponseData)] = this;
        response.OnStarting(CopyHeadersAsync);
    }

    public override HttpStatusCode StatusCode
    {
        get => (HttpStatusCode)_response.StatusCode;
        set => _response.StatusCode = (int)value;
    }

    public override HttpHeadersCollection Headers { get; set; } = [];

    public override Stream Body
    {
        get => _response.Body;
        set => _response.Body = value;
    }

    public override HttpCookies Cookies { get; }

    /// <summary>Forgets a response that was created but is not the invocation's result.</summary>
    public static void Discard(HttpContext http, object? except = null)
    {
        if (http.Items.TryGetValue(typeof(AspNetCoreHttpResponseData), out var value)
            && value is AspNetCoreHttpResponseData created
            && created != except)
        {
            created.Headers.Clear();
        }
    }

    private Task CopyHeadersAsync()
    {
        foreach (var (name, values) in Headers)
        {
            _response.Headers[name] = values.ToArray();
        }

        return Task.CompletedTask;
    }
}

/// <summary>Sets cookies on an ASP.NET Core response.</summary>
internal sealed class AspNetCoreHttpCookies(HttpResponse response) : HttpCookies
{
    public override void Append(string name, string value) => response.Cookies.Append(name, value);

    public override void Append(IHttpCookie cookie)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        response.Cookies.Append(cookie.Name, cookie.Value, new CookieOptions
        {
            Domain = cookie.Domain,
            Expires = cookie.Expires,
            HttpOnly = cookie.HttpOnly ?? false,
            MaxAge = cookie.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Path = cookie.Path ?? "/",
            SameSite = cookie.SameSite switch
            {
                SameSite.Lax => SameSiteMode.Lax,
                SameSite.Strict => SameSiteMode.Strict,
                SameSite.ExplicitNone => SameSiteMode.None,
                _ => SameSiteMode.Unspecified,
            },
            Secure = cookie.Secure ?? false,
        });
    }

    public override IHttpCookie CreateNew() => new HttpCookie(string.Empty, string.Empty);
}
