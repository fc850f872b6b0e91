namespace EventFunctions.EventSourcing;

/// <summary>A person whom data is about, by the pseudonym that stored data names them by.</summary>
/// <param name="Id">The pseudonym, e.g. a customer's id; unique in its tenant, and never used for another person.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
public sealed record DataSubjectId(string Id, string? Tenant = null)
{
    /// <inheritdoc/>
    public override string ToString() => Tenant is null ? Id : $"{Tenant}.{Id}";
}
