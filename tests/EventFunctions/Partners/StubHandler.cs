using System.Net;
using System.Text;

namespace EventFunctions.Tests.Partners;

/// <summary>An outside service that answers as told and remembers what it was asked.</summary>
internal sealed class StubHandler : HttpMessageHandler
{
    private readonly Lock _gate = new();

    public List<(string Method, string Path, string? Key, string Body)> Requests { get; } = [];

    /// <summary>Answers the n-th request, from 1.</summary>
    public Func<int, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, _) => Json(HttpStatusCode.OK, "{}");

    public static Task<HttpResponseMessage> Json(HttpStatusCode status, string json) =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        int number;
        lock (_gate)
        {
            Requests.Add((
                request.Method.Method,
                request.RequestUri!.PathAndQuery,
                request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null,
                body));
            number = Requests.Count;
        }

        var response = await Answer(number, cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}
