namespace EventFunctions.Local.Host;

/// <summary>How the local runtime is started. Every port is on loopback.</summary>
public sealed record LocalRuntimeOptions
{
    /// <summary>The app's port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder that state is kept in, made if there is none; in memory only where there is none. A folder is one runtime's at a time.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The least severe log lines that go to standard error.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>Takes the log lines instead of standard error.</summary>
    internal ILoggerProvider? LogTo { get; init; }

    /// <summary>How long a sandboxed parcel takes from acceptance to dispatch, and again from dispatch to delivery, and how long the supplier takes.</summary>
    public TimeSpan TransitDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the app waits for an answer of the payment provider or the carrier before it tries again.</summary>
    /// <remarks>Longer than the sandbox's slow answer (1.5 s), shorter than its hang.</remarks>
    public TimeSpan ProviderAttemptTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the sandbox holds an answer back where a card or a postal code asks for a hang.</summary>
    public TimeSpan HangTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A folder where the sandbox writes each mail as a file; below <see cref="DataFolder"/> where none is named.</summary>
    public string? MailFolder { get; init; }

    /// <summary>More settings for the app, or others instead of the runtime's own, in Azure's key style (<c>Ordering__DeliveryTimeout</c>).</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Settings from outside; where the runtime has one of its own by that name, its own counts.</summary>
    internal IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The path of a local.settings.json, whose settings give way to those of the environment; there need not be such a file.</summary>
    internal string? LocalSettingsPath { get; init; }

    /// <summary>Registers services before the app does, which then keeps them.</summary>
    internal Action<IServiceCollection>? ConfigureServices { get; init; }
}
