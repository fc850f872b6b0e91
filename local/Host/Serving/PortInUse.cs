using Microsoft.AspNetCore.Connections;

namespace EventFunctions.Local.Host.Serving;

/// <summary>Turns the server's complaint about a taken port into one that names the remedy.</summary>
internal static class PortInUse
{
    /// <summary>Starts a server.</summary>
    /// <param name="what">Who wants the port, e.g. <c>the app</c>.</param>
    /// <param name="port">Which port it was told to take.</param>
    /// <param name="start">Starts it.</param>
    /// <exception cref="LocalRuntimeException">The port is taken.</exception>
    public static async Task ExplainAsync(string what, int port, Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (Exception exception) when (IsAddressInUse(exception))
        {
            throw new LocalRuntimeException(
                $"Port {port} is in use, so {what} can't listen on it. Stop what uses it, name another port, or leave the option out: then a free port is taken.",
                exception);
        }
    }

    private static bool IsAddressInUse(Exception? exception) =>
        exception is not null && (exception is AddressInUseException || IsAddressInUse(exception.InnerException));
}
