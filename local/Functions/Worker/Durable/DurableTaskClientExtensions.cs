using System.Net;
using EventFunctions.Local.Functions.Durable;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Answers HTTP requests with the state of orchestration instances.</summary>
public static class DurableTaskClientExtensions
{
    private static readonly TimeSpan DefaultRetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits for an instance to end and answers with its state; if the token is cancelled before, answers with where to ask for it.
    /// </summary>
    public static async Task<HttpResponseData> WaitForCompletionOrCreateCheckStatusResponseAsync(
        this DurableTaskClient client,
        HttpRequestData request,
        string instanceId,
        TimeSpan? retryInterval = null,
        bool returnInternalServerErrorOnFailure = false,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            while (true)
            {
                var instance = await client.GetInstanceAsync(instanceId, getInputsAndOutputs, cancellation);
                if (instance is { IsCompleted: true })
                {
                    return await AnswerAsync(request, instance, returnInternalServerErrorOnFailure);
                }

                await Task.Delay(retryInterval ?? DefaultRetryInterval, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await CreateCheckStatusResponseAsync(client, request, instanceId, CancellationToken.None);
        }
    }

    /// <summary>Answers 202 with where to ask for an instance.</summary>
    public static Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        CreateCheckStatusResponseAsync(client, request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <summary>Answers with where to ask for an instance.</summary>
    public static async Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client,
        HttpRequestData request,
        string instanceId,
        HttpStatusCode statusCode,
        CancellationToken cancellation = default)
    {
        var (response, payload) = Begin(client, request, instanceId, statusCode);
        var body = await WorkerSerializer.Of(request.FunctionContext).SerializeAsync(payload, typeof(HttpManagementPayload), cancellation);
        await response.WriteBytesAsync(body.ToArray(), cancellation);
        return response;
    }

    /// <summary>Answers 202 with where to ask for an instance, on the calling thread.</summary>
    /// <exception cref="InvalidOperationException">The server does not allow synchronous writes; use the other overload.</exception>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        CreateCheckStatusResponse(client, request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <summary>Answers with where to ask for an instance, on the calling thread.</summary>
    /// <exception cref="InvalidOperationException">The server does not allow synchronous writes; use the other overload.</exception>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client,
        HttpRequestData request,
        string instanceId,
        HttpStatusCode statusCode,
        CancellationToken cancellation = default)
    {
        var (response, payload) = Begin(client, request, instanceId, statusCode);
        var body = WorkerSerializer.Of(request.FunctionContext).Serialize(payload, typeof(HttpManagementPayload), cancellation);
        response.WriteBytes(body.ToArray());
        return response;
    }

    /// <summary>Returns where an instance is observed and steered, as seen by the request's sender.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="InvalidOperationException">There is no request, and the client does not know where the host is.</exception>
    public static HttpManagementPayload CreateHttpManagementPayload(
        this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var functions = client as FunctionsDurableTaskClient;
        var address = (request is null ? functions?.BaseAddress : ManagementAddress.SeenBy(request))
            ?? throw new InvalidOperationException(
                "The management addresses need the host's own. Pass the request, or take the client by [DurableClient] once the host runs.");
        return new HttpManagementPayload(
            instanceId, ManagementAddress.OfInstance(address, instanceId), functions?.RequiredQuery ?? string.Empty);
    }

    private static (HttpResponseData Response, HttpManagementPayload Payload) Begin(
        DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode)
    {
        ArgumentNullException.ThrowIfNull(request);
        var payload = CreateHttpManagementPayload(client, instanceId, request);
        var response = request.CreateResponse(statusCode);
        response.Headers.Add("Location", payload.StatusQueryGetUri);
        response.Headers.Add("Content-Type", "application/json");
        return (response, payload);
    }

    private static async Task<HttpResponseData> AnswerAsync(HttpRequestData request, OrchestrationMetadata instance, bool failAs500)
    {
        var failed = failAs500 && instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed;
        var response = request.CreateResponse(failed ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        await response.WriteAsJsonAsync(new
        {
            instance.Name,
            instance.InstanceId,
            instance.CreatedAt,
            instance.LastUpdatedAt,
            RuntimeStatus = instance.RuntimeStatus.ToString(),
            instance.SerializedInput,
            instance.SerializedOutput,
            instance.SerializedCustomStatus,
        });
        return response;
    }
}
