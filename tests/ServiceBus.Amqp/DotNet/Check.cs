using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;

namespace EventFunctions.ServiceBusContract;

/// <summary>What has to hold.</summary>
internal static class Check
{
    public static void That(bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            throw new InvalidOperationException($"It does not hold that {what}.");
        }
    }

    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"{what} is '{actual}', and is to be '{expected}'.");
        }
    }

    public static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual, [CallerArgumentExpression(nameof(actual))] string what = "") =>
        Equal(string.Join(',', expected), string.Join(',', actual), what);

    public static async Task<ServiceBusException> FailsAsync(ServiceBusFailureReason reason, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (ServiceBusException exception)
        {
            Equal(reason, exception.Reason, $"the reason of '{exception.Message}'");
            return exception;
        }

        throw new InvalidOperationException($"It did not fail, and is to with {reason}.");
    }

    public static async Task ThrowsAsync<T>(Func<Task> run)
        where T : Exception
    {
        try
        {
            await run();
        }
        catch (T)
        {
            return;
        }

        throw new InvalidOperationException($"It did not throw a {typeof(T).Name}.");
    }
}
