using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Tells a store that is away for now from a call that is wrong.</summary>
/// <remarks>The statuses: https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb.</remarks>
internal static class CosmosFailure
{
    private const int OwnerNotFound = 1003;
    private const int RetryWith = 449;

    /// <summary>Runs a call, with its failures translated.</summary>
    public static async Task<TResult> GuardAsync<TResult>(Task<TResult> call, Container container, CancellationToken cancellationToken)
    {
        try
        {
            return await call;
        }
        catch (Exception exception)
        {
            var translated = Translate(exception, container, cancellationToken);
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }
    }

    /// <summary>Throws what an answer is as a failure; returns if it is none.</summary>
    /// <exception cref="StoreUnavailableException">The answer says to try again later.</exception>
    /// <exception cref="InvalidOperationException">The container does not exist.</exception>
    /// <exception cref="CosmosException">A failure that the kernel has no name for.</exception>
    public static void ThrowIfFailed(this ResponseMessage response, Container container)
    {
        try
        {
            response.EnsureSuccessStatusCode();
        }
        catch (CosmosException exception) when (IsTransient(exception.StatusCode))
        {
            throw Unavailable(
                container, exception.StatusCode, exception.RetryAfter ?? RetryAfter(response.Headers), response.ErrorMessage, exception);
        }
        catch (CosmosException exception) when (IsContainerMissing(response.StatusCode, response.Headers))
        {
            throw Missing(container, exception);
        }
    }

    /// <summary>What the answer to a batch is as a failure; the SDK does not throw it itself.</summary>
    public static Exception Of(TransactionalBatchResponse response, Container container)
    {
        if (IsContainerMissing(response.StatusCode, response.Headers))
        {
            return Missing(container, null);
        }

        return IsTransient(response.StatusCode)
            ? Unavailable(container, response.StatusCode, RetryAfter(response.Headers), response.ErrorMessage, null)
            : new CosmosException(
                $"{Name(container)} refused a batch: {response.ErrorMessage}",
                response.StatusCode,
                subStatusCode: 0,
                response.ActivityId,
                response.RequestCharge);
    }

    /// <summary>Whether an answer says that there is no such item, in a container that exists.</summary>
    public static bool IsAbsent(HttpStatusCode status, Headers headers) =>
        status == HttpStatusCode.NotFound && !IsContainerMissing(status, headers);

    private static Exception? Translate(Exception exception, Container container, CancellationToken cancellationToken) => exception switch
    {
        CosmosException { StatusCode: HttpStatusCode.NotFound, SubStatusCode: OwnerNotFound } => Missing(container, exception),
        CosmosException cosmos when IsTransient(cosmos.StatusCode) =>
            Unavailable(container, cosmos.StatusCode, cosmos.RetryAfter, cosmos.ResponseBody, cosmos),
        HttpRequestException => new StoreUnavailableException($"{Name(container)} cannot be reached: {exception.Message}", null, exception),
        OperationCanceledException when !cancellationToken.IsCancellationRequested =>
            new StoreUnavailableException($"{Name(container)} did not answer in time.", null, exception),
        _ => null,
    };

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Gone or (HttpStatusCode)RetryWith
            or >= HttpStatusCode.InternalServerError;

    private static bool IsContainerMissing(HttpStatusCode status, Headers headers) =>
        status == HttpStatusCode.NotFound && headers["x-ms-substatus"] == OwnerNotFound.ToString();

    private static TimeSpan? RetryAfter(Headers headers) =>
        double.TryParse(headers["x-ms-retry-after-ms"], out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null;

    private static StoreUnavailableException Unavailable(
        Container container, HttpStatusCode status, TimeSpan? retryAfter, string? answer, CosmosException? cause) =>
        new($"{Name(container)} answered {(int)status}: {answer}", retryAfter > TimeSpan.Zero ? retryAfter : null, cause);

    private static InvalidOperationException Missing(Container container, Exception? cause) =>
        new($"{Name(container)} does not exist. Deploy the infrastructure, or correct the setting that names the database.", cause);

    private static string Name(Container container) => $"The Cosmos DB container '{container.Database.Id}/{container.Id}'";
}
