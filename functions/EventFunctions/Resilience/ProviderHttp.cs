using System.Net.Http.Json;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EventFunctions.Resilience;

/// <summary>One outside service's HTTP API: sends a request and tells apart an answer, no answer, and an answer that breaks the contract.</summary>
/// <param name="client">Has the base address and the pipeline.</param>
/// <param name="provider">The service, as messages name it.</param>
public sealed class ProviderHttp(HttpClient client, string provider)
{
    private const int LongestQuotedAnswer = 200;

    /// <summary>Sends a request; the answer has one of the named statuses or any 2xx.</summary>
    /// <param name="method">GET, POST or DELETE.</param>
    /// <param name="path">Relative to the base address.</param>
    /// <param name="body">Becomes JSON; <see langword="null"/> sends none.</param>
    /// <param name="idempotencyKey">The same key never takes effect twice; <see langword="null"/> where the method is safe anyway.</param>
    /// <param name="refusals">The statuses by which the service refuses, beside 2xx.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProviderUnavailableException">No answer after all attempts.</exception>
    /// <exception cref="ProviderContractException">An answer with another status.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, Guid? idempotencyKey, IReadOnlyList<int> refusals, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web);
        }

        if (idempotencyKey is { } key)
        {
            request.Headers.Add("Idempotency-Key", key.ToString("N"));
        }

        var operation = $"{method} {path}";
        var response = await SendCoreAsync(request, operation, cancellationToken);
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode || refusals.Contains(status))
        {
            return response;
        }

        using (response)
        {
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            var quoted = $"{status} {answer[..Math.Min(answer.Length, LongestQuotedAnswer)]}";
            throw status is >= 500 or 408 or 429
                ? new ProviderUnavailableException(provider, operation, quoted)
                : new ProviderContractException(provider, operation, quoted);
        }
    }

    /// <summary>The answer's body.</summary>
    /// <exception cref="ProviderContractException">It is not the JSON it should be.</exception>
    public async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(response);
        var operation = $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}";
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken)
                ?? throw new ProviderContractException(provider, operation, "an empty answer");
        }
        catch (JsonException exception)
        {
            throw new ProviderContractException(provider, operation, exception.Message, exception);
        }
    }

    private async Task<HttpResponseMessage> SendCoreAsync(HttpRequestMessage request, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new ProviderUnavailableException(provider, operation, exception.Message, exception);
        }
    }
}
