using System.Reflection;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Finds the value of one parameter for one invocation.</summary>
/// <exception cref="FunctionInputConverterException">There is a value, but it can't be converted.</exception>
internal delegate ValueTask<object?> ParameterBinder(FunctionContext context, TriggerInput input);

/// <summary>Looks at a parameter once and returns its binder, or null if the rule does not apply to it.</summary>
/// <param name="parameter">The parameter.</param>
/// <param name="isTrigger">Whether it carries the trigger.</param>
internal delegate ParameterBinder? ParameterRule(ParameterInfo parameter, bool isTrigger);
