namespace EventFunctions.Local.Functions.Hosting;

/// <summary>Where the host is reached, known once it listens.</summary>
internal sealed class HttpBaseAddress
{
    public Uri? Value { get; private set; }

    public void Set(Uri address) => Value = address;
}
