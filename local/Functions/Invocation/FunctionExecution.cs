using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Invocation;

/// <summary>The end of the pipeline: binds the parameters, runs the method, keeps the result.</summary>
internal static class FunctionExecution
{
    public static async Task RunAsync(FunctionContext context)
    {
        var (function, input) = context.Features.Get<FunctionInvocation>()
            ?? throw new InvalidOperationException("A middleware replaced the function context; pass on the one it was given.");
        var arguments = await BindAsync(function, input, context);
        var instance = function.CreateInstance?.Invoke(context.InstanceServices);
        try
        {
            var outcome = InvocationOutcome.Of(context);
            outcome.Value = await function.Invoke(instance, arguments);
            outcome.Outputs = [.. function.Outputs.Select(output => output.Read(outcome.Value))];
        }
        finally
        {
            await DisposeAsync(instance);
        }
    }

    private static async ValueTask<object?[]> BindAsync(Discovery.Function function, TriggerInput input, FunctionContext context)
    {
        var arguments = new object?[function.Parameters.Length];
        List<Exception>? failures = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            try
            {
                arguments[i] = await function.Parameters[i].Bind(context, input);
            }
            catch (FunctionInputConverterException failure)
            {
                // All parameters that can't be converted are reported at once.
                (failures ??= []).Add(failure);
            }
        }

        return failures is null ? arguments : throw Combine(function.Name, failures);
    }

    private static FunctionInputConverterException Combine(string function, List<Exception> failures) => new(
        $"Error converting {failures.Count} input parameters for Function '{function}': "
        + string.Join(' ', failures.Select(failure => failure.Message)),
        failures.Count == 1 ? failures[0].InnerException : new AggregateException(failures));

    private static async ValueTask DisposeAsync(object? instance)
    {
        if (instance is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else if (instance is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}
