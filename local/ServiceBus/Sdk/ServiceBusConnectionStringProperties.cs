#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>The parts of a connection string.</summary>
public class ServiceBusConnectionStringProperties
{
    /// <summary>The address, e.g. <c>sb://name.servicebus.windows.net/</c>.</summary>
    public Uri Endpoint { get; private set; }

    /// <summary>The entity it is for; null for the whole namespace.</summary>
    public string EntityPath { get; private set; }

    /// <summary>The address's host name.</summary>
    public string FullyQualifiedNamespace => Endpoint?.Host;

    /// <summary>A key.</summary>
    public string SharedAccessKey { get; private set; }

    /// <summary>The key's name.</summary>
    public string SharedAccessKeyName { get; private set; }

    /// <summary>A token made with a key.</summary>
    public string SharedAccessSignature { get; private set; }

    /// <summary>Takes a connection string apart. Names are compared without regard to case; unknown ones are passed over.</summary>
    /// <exception cref="FormatException">A part is no <c>name=value</c>, or the endpoint no address.</exception>
    public static ServiceBusConnectionStringProperties Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var properties = new ServiceBusConnectionStringProperties();
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var split = part.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0 || split == part.Length - 1)
            {
                throw new FormatException("A connection string is made of parts 'name=value', separated by ';'.");
            }

            properties.Set(part[..split].Trim(), part[(split + 1)..].Trim());
        }

        return properties;
    }

    private void Set(string name, string value)
    {
        switch (name.ToUpperInvariant())
        {
            case "ENDPOINT":
                Endpoint = Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Host.Length > 0
                    ? uri
                    : throw new FormatException($"The endpoint '{value}' is no address such as sb://name.servicebus.windows.net/.");
                break;
            case "ENTITYPATH":
                EntityPath = value;
                break;
            case "SHAREDACCESSKEYNAME":
                SharedAccessKeyName = value;
                break;
            case "SHAREDACCESSKEY":
                SharedAccessKey = value;
                break;
            case "SHAREDACCESSSIGNATURE":
                SharedAccessSignature = value;
                break;
        }
    }
}
