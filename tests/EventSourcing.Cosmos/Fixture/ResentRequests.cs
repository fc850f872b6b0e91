using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos.Tests.Fixture;

/// <summary>
/// Sends requests twice and hands on the second answer: what the SDK does when the first one is lost on its way back.
/// </summary>
/// <param name="isResent">Which requests.</param>
public sealed class ResentRequests(Func<RequestMessage, bool> isResent) : RequestHandler
{
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        if (isResent(request))
        {
            using var copy = new MemoryStream();
            await request.Content.CopyToAsync(copy, cancellationToken);
            request.Content = new MemoryStream(copy.ToArray());
            using var lost = await base.SendAsync(request, cancellationToken);
            request.Content = new MemoryStream(copy.ToArray());
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
