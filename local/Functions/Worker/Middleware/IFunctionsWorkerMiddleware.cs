namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The rest of an invocation's pipeline.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);

/// <summary>A part of the pipeline that every invocation runs through. One instance serves all invocations.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Runs for one invocation and calls the rest of the pipeline, or does not.</summary>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
