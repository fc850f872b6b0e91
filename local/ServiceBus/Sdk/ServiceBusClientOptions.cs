#nullable disable

using System.Net;
using System.Net.Security;

namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a client. Those about the connection are kept, and have no effect: in this process there is none.</summary>
public class ServiceBusClientOptions
{
    private ServiceBusRetryOptions _retryOptions = new();

    /// <summary>How the service is reached.</summary>
    public ServiceBusTransportType TransportType { get; set; } = ServiceBusTransportType.AmqpTcp;

    /// <summary>How patient the client is.</summary>
    public ServiceBusRetryOptions RetryOptions
    {
        get => _retryOptions;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _retryOptions = value;
        }
    }

    /// <summary>The client's name in logs; made up unless set.</summary>
    public string Identifier { get; set; }

    /// <summary>The proxy for web sockets.</summary>
    public IWebProxy WebProxy { get; set; }

    /// <summary>Another address for the connection.</summary>
    public Uri CustomEndpointAddress { get; set; }

    /// <summary>When an unused connection is closed; a minute unless set.</summary>
    public TimeSpan ConnectionIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Transactions over several entities; the local broker has no transactions and refuses this.</summary>
    public bool EnableCrossEntityTransactions { get; set; }

    /// <summary>A check of the service's certificate.</summary>
    public RemoteCertificateValidationCallback CertificateValidationCallback { get; set; }
}
