using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Core;

namespace EventFunctions.Deployment;

/// <summary>
/// Azure Resource Manager (https://learn.microsoft.com/rest/api/resources/). What it manages it reaches whatever network a service is
/// in, and with the rights of whoever deploys: no further role is needed, and none is left behind.
/// </summary>
/// <param name="http">Sends.</param>
/// <param name="credential">Whoever deploys.</param>
internal sealed class ResourceManager(HttpClient http, TokenCredential credential)
{
    private static readonly TokenRequestContext Scope = new(["https://management.azure.com/.default"]);

    /// <summary>Reads something.</summary>
    /// <returns>It, or <see langword="null"/> where there is no such thing.</returns>
    /// <exception cref="DeploymentException">The answer is another one than 200 or 404.</exception>
    public async Task<JsonElement?> FindAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, pathAndQuery, content: null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await ThrowIfFailedAsync(response, HttpMethod.Get, pathAndQuery, cancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>Creates something, or replaces it.</summary>
    /// <exception cref="DeploymentException">It was refused.</exception>
    public async Task PutAsync(string pathAndQuery, object body, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(body);
        using var response = await SendAsync(HttpMethod.Put, pathAndQuery, content, cancellationToken);
        await ThrowIfFailedAsync(response, HttpMethod.Put, pathAndQuery, cancellationToken);
    }

    /// <summary>Has something done.</summary>
    /// <exception cref="DeploymentException">It was refused.</exception>
    public async Task PostAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, pathAndQuery, content: null, cancellationToken);
        await ThrowIfFailedAsync(response, HttpMethod.Post, pathAndQuery, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string pathAndQuery, HttpContent? content, CancellationToken cancellationToken)
    {
        var token = await credential.GetTokenAsync(Scope, cancellationToken);
        using var request = new HttpRequestMessage(method, new Uri($"https://management.azure.com{pathAndQuery}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        return await http.SendAsync(request, cancellationToken);
    }

    private static async Task ThrowIfFailedAsync(
        HttpResponseMessage response, HttpMethod method, string pathAndQuery, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        // The request is not repeated here: it may hold a secret.
        var remedy = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? " Whoever deploys needs the roles Contributor and Role Based Access Control Administrator on the subscription or the resource group."
            : string.Empty;
        throw new DeploymentException(
            $"{method} {pathAndQuery} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}{remedy}");
    }
}
