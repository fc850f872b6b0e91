using System.Text;
using System.Text.Json;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Http;

/// <summary>A request to an endpoint, and what it answered.</summary>
internal sealed class HttpCall
{
    private readonly DefaultHttpContext _context = new() { RequestServices = new ServiceCollection().AddLogging().AddScoped<RequestMetadata>().BuildServiceProvider() };

    public HttpCall(string? body = null, params (string Name, string Value)[] headers)
    {
        _context.Response.Body = new MemoryStream();
        if (body is not null)
        {
            _context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
            _context.Request.ContentLength = Encoding.UTF8.GetByteCount(body);
        }

        foreach (var (name, value) in headers)
        {
            _context.Request.Headers[name] = value;
        }
    }

    public HttpRequest Request => _context.Request;

    public HttpResponse Response => _context.Response;

    public JsonElement Json
    {
        get
        {
            Response.Body.Position = 0;
            return JsonDocument.Parse(Response.Body).RootElement;
        }
    }

    /// <summary>Runs an endpoint as the pipeline would: its result, or the problem its exception is, is written.</summary>
    public async Task<HttpCall> AnswerAsync(Func<HttpRequest, Task<IResult>> endpoint)
    {
        IResult result;
        try
        {
            result = await endpoint(Request);
        }
        catch (Exception exception)
        {
            result = new ProblemResult(ProblemMap.Of(exception));
        }

        await result.ExecuteAsync(_context);
        return this;
    }
}
