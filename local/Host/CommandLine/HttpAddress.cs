using System.CommandLine;

namespace EventFunctions.Local.Host.CommandLine;

/// <summary>Options that take an address.</summary>
internal static class HttpAddress
{
    /// <summary>An option that takes an http address; it ends in a slash, so that paths can be put behind it.</summary>
    /// <typeparam name="TUri"><see cref="Uri"/>, nullable where the option may be left out.</typeparam>
    public static Option<TUri> Option<TUri>(string name, string description)
        where TUri : Uri? => new(name)
        {
            Description = description,
            HelpName = "URL",
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
                if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                {
                    return (TUri)address;
                }

                result.AddError($"{name} {text}: that is no http address.");
                return default;
            },
        };
}
