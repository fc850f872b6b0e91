using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EventSourcing;

namespace EventFunctions.Local.Host.Administration;

/// <summary>The administration of a running app, here or on Azure.</summary>
/// <param name="http">Leads to the app.</param>
/// <param name="key">The function key; <see langword="null"/> where none is asked for.</param>
internal sealed class AdminClient(HttpClient http, string? key)
{
    private const string KeyHeader = "x-functions-key";
    private const string ContentType = "application/x-ndjson";

    /// <summary>A chunk of an export.</summary>
    /// <exception cref="AdminRequestException">The app refuses, or cannot be reached.</exception>
    public async Task<byte[]> ExportAsync(string? stream, string? continuation, CancellationToken cancellationToken)
    {
        var query = continuation is not null
            ? $"?continuation={Uri.EscapeDataString(continuation)}"
            : stream is null ? string.Empty : $"?stream={Uri.EscapeDataString(stream)}";
        using var response = await SendAsync(HttpMethod.Get, $"api/admin/export{query}", null, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Imports a chunk.</summary>
    /// <exception cref="AdminRequestException">The app refuses, or cannot be reached.</exception>
    public async Task<ImportReport> ImportAsync(byte[] chunk, CancellationToken cancellationToken)
    {
        var body = new ByteArrayContent(chunk) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType) } };
        using var response = await SendAsync(HttpMethod.Post, "api/admin/import", body, cancellationToken);
        return await ReadAsync<ImportReport>(response, cancellationToken);
    }

    /// <summary>Verifies a page of streams.</summary>
    /// <exception cref="AdminRequestException">The app refuses, or cannot be reached.</exception>
    public async Task<VerificationPage> VerifyAsync(string? continuation, CancellationToken cancellationToken)
    {
        var query = continuation is null ? string.Empty : $"?continuation={Uri.EscapeDataString(continuation)}";
        using var response = await SendAsync(HttpMethod.Get, $"api/admin/verify{query}", null, cancellationToken);
        return await ReadAsync<VerificationPage>(response, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(EventJson.Options, cancellationToken) ?? throw new JsonException("It is JSON null.");
        }
        catch (JsonException exception)
        {
            throw new AdminRequestException($"{response.RequestMessage?.RequestUri} did not answer as the administration does: {exception.Message}", exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (key is not null)
        {
            request.Headers.Add(KeyHeader, key);
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AdminRequestException($"{http.BaseAddress} cannot be reached: {exception.Message}", exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            var remedy = (int)response.StatusCode is 401 or 403 ? " Give the function key with --key." : string.Empty;
            throw new AdminRequestException($"{method} {path} was answered {(int)response.StatusCode}: {answer}{remedy}");
        }
    }
}

/// <summary>The app refuses a request, or cannot be reached.</summary>
/// <param name="message">Which, and what it answered.</param>
/// <param name="innerException">The cause, where there is one.</param>
internal sealed class AdminRequestException(string message, Exception? innerException = null) : Exception(message, innerException);
