namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>What the service can do to entities, and this broker cannot.</summary>
internal static class Unsupported
{
    /// <exception cref="AdministrationException">A description asks for such a thing.</exception>
    public static void Refuse(DescriptionReader description)
    {
        foreach (var name in (string[])["EnablePartitioning", "EnableExpress", "IsAnonymousAccessible"])
        {
            if (description.Flag(name, false))
            {
                throw AdministrationException.BadRequest($"{name} is not supported here. Leave it out, or set it to false.");
            }
        }
    }
}
