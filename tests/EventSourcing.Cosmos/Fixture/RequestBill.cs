using System.Globalization;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos.Tests.Fixture;

/// <summary>Adds up what the store charges for every operation that goes through the SDK.</summary>
public sealed class RequestBill : RequestHandler
{
    private readonly Lock _gate = new();
    private int _requests;
    private double _charge;

    /// <summary>The requests and request units since the last call; plans of queries are not charged and not counted.</summary>
    public (int Requests, double Charge) Take()
    {
        lock (_gate)
        {
            var taken = (_requests, _charge);
            (_requests, _charge) = (0, 0);
            return taken;
        }
    }

    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Headers["x-ms-cosmos-is-query-plan-request"] is null)
        {
            lock (_gate)
            {
                _requests++;
                _charge += double.Parse(response.Headers["x-ms-request-charge"], CultureInfo.InvariantCulture);
            }
        }

        return response;
    }
}
