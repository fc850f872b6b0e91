using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Invocation;

/// <summary>What a function has returned so far, shared by every view that middleware takes of it.</summary>
internal sealed class InvocationOutcome
{
    public object? Value { get; set; }

    public IReadOnlyList<OutputSlot> Outputs { get; set; } = [];

    public static InvocationOutcome Of(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<InvocationOutcome>() is { } outcome)
        {
            return outcome;
        }

        outcome = new InvocationOutcome();
        context.Features.Set(outcome);
        return outcome;
    }
}

/// <summary>A value on its way to an output binding.</summary>
internal sealed class OutputSlot(string name, string bindingType, object? value)
{
    public string Name { get; } = name;

    public string BindingType { get; } = bindingType;

    public object? Value { get; set; } = value;
}

internal sealed class UntypedInvocationResult(InvocationOutcome outcome) : InvocationResult
{
    public override object? Value
    {
        get => outcome.Value;
        set => outcome.Value = value;
    }
}

internal sealed class TypedInvocationResult<T>(InvocationOutcome outcome) : InvocationResult<T>
{
    public override T? Value
    {
        get => outcome.Value switch
        {
            null => default,
            T value => value,
            var other => throw new InvalidOperationException(
                $"The result is a {other.GetType().FullName}, not a {typeof(T).FullName}; ask for it by its type, or as object."),
        };
        set => outcome.Value = value;
    }
}

internal sealed class TypedOutputBindingData<T>(OutputSlot slot) : OutputBindingData<T>
{
    public override string BindingType => slot.BindingType;

    public override string Name => slot.Name;

    public override T? Value
    {
        get => (T?)slot.Value;
        set => slot.Value = value;
    }
}
