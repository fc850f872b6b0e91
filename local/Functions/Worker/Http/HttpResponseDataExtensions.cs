using System.Text;
using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Writes response bodies.</summary>
public static class HttpResponseDataExtensions
{
    private const string JsonContentType = "application/json; charset=utf-8";

    /// <summary>Writes text on the calling thread, in UTF-8 if not said otherwise.</summary>
    /// <exception cref="InvalidOperationException">The server does not allow synchronous writes; use WriteStringAsync.</exception>
    public static void WriteString(this HttpResponseData response, string value, Encoding? encoding = null) =>
        WriteBytes(response, (encoding ?? Encoding.UTF8).GetBytes(value));

    /// <summary>Writes text, in UTF-8 if not said otherwise.</summary>
    public static Task WriteStringAsync(this HttpResponseData response, string value, Encoding? encoding = null) =>
        WriteStringAsync(response, value, CancellationToken.None, encoding);

    /// <summary>Writes text, in UTF-8 if not said otherwise.</summary>
#pragma warning disable CA1068 // The real signature has the token before the optional encoding.
    public static Task WriteStringAsync(
        this HttpResponseData response, string value, CancellationToken cancellationToken, Encoding? encoding = null) =>
        WriteBytesAsync(response, (encoding ?? Encoding.UTF8).GetBytes(value), cancellationToken);
#pragma warning restore CA1068

    /// <summary>Writes JSON with the worker's serializer.</summary>
    public static ValueTask WriteAsJsonAsync<T>(this HttpResponseData response, T instance, CancellationToken cancellationToken = default) =>
        WriteAsJsonAsync(response, instance, JsonContentType, cancellationToken);

    /// <summary>Writes JSON with the worker's serializer under a content type.</summary>
    public static ValueTask WriteAsJsonAsync<T>(
        this HttpResponseData response, T instance, string contentType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        return WriteAsJsonAsync(response, instance, WorkerSerializer.Of(response.FunctionContext), contentType, cancellationToken);
    }

    /// <summary>Writes JSON with a serializer.</summary>
    public static ValueTask WriteAsJsonAsync<T>(
        this HttpResponseData response, T instance, ObjectSerializer serializer, CancellationToken cancellationToken = default) =>
        WriteAsJsonAsync(response, instance, serializer, JsonContentType, cancellationToken);

    /// <summary>Writes JSON with a serializer under a content type.</summary>
    public static async ValueTask WriteAsJsonAsync<T>(
        this HttpResponseData response,
        T instance,
        ObjectSerializer serializer,
        string contentType,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(serializer);
        response.Headers.Remove("Content-Type");
        response.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var body = await serializer.SerializeAsync(instance, typeof(T), cancellationToken);
        await WriteBytesAsync(response, body.ToArray(), cancellationToken);
    }

    /// <summary>Writes bytes on the calling thread.</summary>
    /// <exception cref="InvalidOperationException">The server does not allow synchronous writes; use WriteBytesAsync.</exception>
    public static void WriteBytes(this HttpResponseData response, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Body.Write(value);
    }

    /// <summary>Writes bytes.</summary>
    public static Task WriteBytesAsync(this HttpResponseData response, byte[] value) =>
        WriteBytesAsync(response, value, CancellationToken.None);

    /// <summary>Writes bytes.</summary>
    public static Task WriteBytesAsync(this HttpResponseData response, byte[] value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Body.WriteAsync(value, cancellationToken).AsTask();
    }
}
