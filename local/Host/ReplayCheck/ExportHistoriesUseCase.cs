using System.Text.Json;
using EventFunctions.Local.Host.Administration;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.ReplayCheck;

/// <summary>
/// The command <c>export-histories</c>: asks the management API of a task hub for its instances and writes each with its history, as it
/// is answered, into a file.
/// </summary>
/// <param name="http">Leads to the app.</param>
/// <param name="key">The extension's system key; <see langword="null"/> where none is asked for.</param>
/// <param name="output">Gets the count.</param>
internal sealed class ExportHistoriesUseCase(HttpClient http, string? key, TextWriter output)
{
    private const string Instances = "runtime/webhooks/durabletask/instances";
    private const string ContinuationHeader = "x-ms-continuation-token";
    private const string KeyHeader = "x-functions-key";

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ExportHistoriesArguments arguments, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = arguments.Target.Url };
        try
        {
            return await new ExportHistoriesUseCase(http, arguments.Target.Key, Console.Out).ExportAsync(arguments, cancellationToken);
        }
        catch (Exception exception) when (exception is AdminRequestException or HttpRequestException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCodes.Failure;
        }
    }

    /// <summary>Exports.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="AdminRequestException">The app refuses, or does not answer as a task hub does.</exception>
    public async Task<int> ExportAsync(ExportHistoriesArguments arguments, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(arguments.Folder);
        var count = 0;
        string? continuation = null;
        do
        {
            var status = arguments.Statuses.Count == 0 ? string.Empty : $"&runtimeStatus={Uri.EscapeDataString(string.Join(',', arguments.Statuses))}";
            using var page = await GetAsync($"{Instances}?showInput=false&top=100{status}", continuation, cancellationToken);
            foreach (var id in await IdsAsync(page, cancellationToken))
            {
                // rawHistory is the local hub's own: ids and versions are told too. Azure pays no attention to it.
                using var instance = await GetAsync(
                    $"{Instances}/{Uri.EscapeDataString(id)}?showHistory=true&showHistoryOutput=true&showInput=true&rawHistory=true",
                    continuation: null,
                    cancellationToken);
                await using var file = File.Create(Path.Combine(arguments.Folder, $"{Uri.EscapeDataString(id)}.json"));
                await instance.Content.CopyToAsync(file, cancellationToken);
                count++;
            }

            continuation = page.Headers.TryGetValues(ContinuationHeader, out var tokens) ? tokens.FirstOrDefault(token => token.Length > 0) : null;
        }
        while (continuation is not null);

        await output.WriteLineAsync($"Exported {count} histories to {arguments.Folder}.");
        return ExitCodes.Success;
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpResponseMessage page, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await page.Content.ReadAsByteArrayAsync(cancellationToken));
            return [.. document.RootElement.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()!)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new AdminRequestException($"{page.RequestMessage?.RequestUri} did not answer as a task hub does: {exception.Message}", exception);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? continuation, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Add(KeyHeader, key);
        }

        if (continuation is not null)
        {
            request.Headers.Add(ContinuationHeader, continuation);
        }

        var response = await http.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var remedy = (int)response.StatusCode is 401 or 403 ? " Give the system key durabletask_extension with --key." : string.Empty;
            throw new AdminRequestException(
                $"GET {path} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}{remedy}");
        }
    }
}
