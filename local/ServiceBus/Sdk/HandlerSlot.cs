#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>The one handler of a processor's event.</summary>
internal sealed class HandlerSlot<TArgs>(string name, Func<bool> isProcessing)
{
    private Func<TArgs, Task> _handler;

    public bool IsSet => _handler is not null;

    public void Add(Func<TArgs, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler, name);
        ThrowIfProcessing();
        if (_handler is not null)
        {
            throw new NotSupportedException($"{name} has a handler already, and takes one only.");
        }

        _handler = handler;
    }

    public void Remove(Func<TArgs, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler, name);
        ThrowIfProcessing();
        if (_handler != handler)
        {
            throw new ArgumentException($"This handler was not added to {name}.", name);
        }

        _handler = null;
    }

    public Task InvokeAsync(TArgs args) => _handler?.Invoke(args) ?? Task.CompletedTask;

    private void ThrowIfProcessing()
    {
        if (isProcessing())
        {
            throw new InvalidOperationException($"{name} cannot be changed while the processor is running. Stop it first.");
        }
    }
}
