using EventFunctions.Local.Functions.Discovery;

namespace EventFunctions.Local.Functions.Invocation;

/// <summary>Which function is invoked with what; travels through the pipeline as a feature of the context.</summary>
internal sealed record FunctionInvocation(Function Function, TriggerInput Input);
