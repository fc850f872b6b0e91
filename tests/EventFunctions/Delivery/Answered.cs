using EventFunctions.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Tests.Delivery;

/// <summary>Requests whose answer has to have a certain status.</summary>
internal static class Answered
{
    public static async Task<HttpCall> AsAsync(int status, HttpCall call, Func<HttpRequest, Task<IResult>> endpoint)
    {
        await call.AnswerAsync(endpoint);
        Assert.True(call.Response.StatusCode == status, $"{call.Response.StatusCode}, not {status}");
        return call;
    }
}
