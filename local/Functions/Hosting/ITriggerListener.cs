namespace EventFunctions.Local.Functions.Hosting;

/// <summary>Waits for what starts one function.</summary>
internal interface ITriggerListener
{
    /// <summary>Begins to invoke the function.</summary>
    /// <exception cref="FunctionsStartupException">What it listens to is not there.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Begins nothing more and waits for what is in flight, until the token is cancelled.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
