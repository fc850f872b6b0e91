using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos.Tests.Fixture;

/// <summary>Lets requests fail on their way to the store, or their answers on the way back.</summary>
public sealed class FailingRequests : RequestHandler
{
    public Func<RequestMessage, ResponseMessage?> Before { get; set; } = _ => null;

    public Action<RequestMessage> After { get; set; } = _ => { };

    /// <summary>The answer of a store that refuses for now.</summary>
    public static ResponseMessage Answer(RequestMessage request, HttpStatusCode status, TimeSpan? retryAfter = null)
    {
        var response = new ResponseMessage(status, request, $"answer {(int)status}");
        if (retryAfter is { } wait)
        {
            response.Headers.Add("x-ms-retry-after-ms", $"{wait.TotalMilliseconds:0}");
        }

        return response;
    }

    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        if (Before(request) is { } answer)
        {
            return answer;
        }

        var response = await base.SendAsync(request, cancellationToken);
        After(request);
        return response;
    }
}
