using System.CommandLine;
using System.Net;

namespace EventFunctions.Local.Host.Emulators;

/// <summary>The option that says which address to listen on.</summary>
internal static class ListenOption
{
    /// <summary>Loopback where nothing is said; what is no address of the Internet protocol is refused.</summary>
    public static Option<IPAddress> Create() => new("--listen")
    {
        Description = "The address to listen on, 0.0.0.0 for all of this machine's. Without it only this machine reaches the emulators; with it whoever reaches the address does.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (IPAddress.TryParse(text, out var address))
            {
                return address;
            }

            result.AddError($"--listen {text}: that is no IP address, such as 0.0.0.0 or 192.168.1.10.");
            return IPAddress.Loopback;
        },
    };
}
