namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>Holds up a cancellation's other callbacks: the one registered last is run first.</summary>
internal sealed class DeafUntilHeard : IDisposable
{
    private readonly ManualResetEventSlim _heard = new();
    private readonly CancellationTokenRegistration _registration;

    public DeafUntilHeard(CancellationToken cancellationToken) => _registration = cancellationToken.UnsafeRegister(_ => _heard.Wait(), null);

    public void Hear() => _heard.Set();

    public void Dispose()
    {
        _heard.Set();
        _registration.Dispose();
        _heard.Dispose();
    }
}
