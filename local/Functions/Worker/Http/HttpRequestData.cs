using System.Collections.Specialized;
using System.Security.Claims;
using System.Web;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>An HTTP request, in the worker's own shape.</summary>
/// <param name="functionContext">The invocation the request started.</param>
public abstract class HttpRequestData(FunctionContext functionContext)
{
    private NameValueCollection? _query;

    /// <summary>The body.</summary>
    public abstract Stream Body { get; }

    /// <summary>The headers.</summary>
    public abstract HttpHeadersCollection Headers { get; }

    /// <summary>The cookies.</summary>
    public abstract IReadOnlyCollection<IHttpCookie> Cookies { get; }

    /// <summary>The address that was asked for.</summary>
    public abstract Uri Url { get; }

    /// <summary>Who is asking.</summary>
    public abstract IEnumerable<ClaimsIdentity> Identities { get; }

    /// <summary>The method.</summary>
    public abstract string Method { get; }

    /// <summary>The invocation the request started.</summary>
    public FunctionContext FunctionContext { get; } = functionContext;

    /// <summary>The query's values.</summary>
    public virtual NameValueCollection Query => _query ??= HttpUtility.ParseQueryString(Url.Query);

    /// <summary>Creates the response; its status is 200 until it is set.</summary>
    public abstract HttpResponseData CreateResponse();
}
