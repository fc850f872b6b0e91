using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>Completes what orchestrator code awaits with a payload, or with the reason why the payload is not of the awaited type.</summary>
internal static class PayloadCompletion
{
    /// <summary>Does nothing if the wait was cancelled before.</summary>
    public static void TrySetPayload<T>(this TaskCompletionSource<T> source, DataConverter converter, string? payload)
    {
        T? value;
        try
        {
            value = converter.Deserialize<T>(payload);
        }
#pragma warning disable CA1031 // Whatever the converter throws belongs to the code that asked for this type.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            source.TrySetException(exception);
            return;
        }

        source.TrySetResult(value!);
    }
}
