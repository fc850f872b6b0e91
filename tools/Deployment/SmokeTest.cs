using System.Net;

namespace EventFunctions.Deployment;

/// <summary>
/// Asks the deployed app whether everything it depends on answers: <c>GET /api/health</c> reads from the store, opens a link to the broker
/// and asks for an orchestration, each under the app's identity.
/// </summary>
/// <param name="http">Sends.</param>
/// <param name="target">Where the app is.</param>
/// <param name="patience">How often, and for how long: the first start of an app, and roles that are not known yet, take minutes.</param>
internal sealed class SmokeTest(HttpClient http, DeploymentTarget target, Patience patience)
{
    /// <summary>Runs it.</summary>
    /// <returns>What the app answered.</returns>
    /// <exception cref="DeploymentException">It is not well in time; the message has its last answer.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(target.Address, "/api/health");
        var last = (Status: default(HttpStatusCode?), Text: string.Empty);
        var isWell = await patience.UntilAsync(
            async () =>
            {
                last = await AskAsync(address, cancellationToken);
                return last.Status == HttpStatusCode.OK;
            },
            cancellationToken);
        return isWell ? last.Text : throw new DeploymentException(
            $"{address} is not well. Its last answer{(last.Status is { } status ? $", {(int)status}" : "")}: {last.Text}{Environment.NewLine}{RemedyFor(last.Status)}");
    }

    private static string RemedyFor(HttpStatusCode? status) => status switch
    {
        HttpStatusCode.ServiceUnavailable =>
            "What is 'unhealthy' there does not answer the app: 'store' is Cosmos DB, 'broker' Service Bus, 'sagas' Durable Task Scheduler. "
            + "Look at its role assignments and its network, and at the log of the app: 'The health check of … failed.'",
        HttpStatusCode.NotFound =>
            "The app runs without its functions: its package is missing, or it did not start. Look at the log stream; a setting that is missing is named there.",
        _ => "The app does not start. Look at the log stream; a setting that is missing, or a secret that cannot be read, is named there.",
    };

    private async Task<(HttpStatusCode? Status, string Text)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(address, cancellationToken);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            return (null, exception.Message);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, exception.Message);
        }
    }
}
