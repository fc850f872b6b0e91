using Microsoft.Azure.Functions.Worker.Middleware;

namespace EventFunctions.Local.Functions.Invocation;

/// <summary>The app's middleware with the execution of the function at its end.</summary>
internal sealed record InvocationPipeline(FunctionExecutionDelegate Run);
