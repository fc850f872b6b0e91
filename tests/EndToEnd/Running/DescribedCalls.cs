using System.Collections.Concurrent;

namespace EventFunctions.EndToEnd.Tests.Running;

/// <summary>Fails a call whose request or answer is not what the app's OpenAPI document says, and keeps why.</summary>
internal sealed class DescribedCalls : DelegatingHandler
{
    private static readonly Lazy<ApiDescription> Description = new(() => new ApiDescription());
    private readonly ConcurrentQueue<string> _problems = [];

    public DescribedCalls()
        : base(new SocketsHttpHandler())
    {
    }

    /// <summary>Everything that was found, also where a test did not look at a call's failure.</summary>
    public IReadOnlyList<string> Problems => [.. _problems];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var problems = Description.Value.ProblemsOf(request, sent, response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        foreach (var problem in problems)
        {
            _problems.Enqueue(problem);
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
        return response;
    }
}
