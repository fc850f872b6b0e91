namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>Outcomes of the catalogue as answers of HTTP.</summary>
internal static class Outcomes
{
    /// <summary>What was made, changed or deleted.</summary>
    /// <exception cref="AdministrationException">Nothing was.</exception>
    public static T ThrowUnlessDone<T>(this CatalogueOutcome<T> outcome) => outcome switch
    {
        CatalogueOutcome<T>.Done done => done.Value,
        CatalogueOutcome<T>.AlreadyExists taken => throw new AdministrationException(409, $"SubCode=40900. Conflict. '{taken.Name}' exists already."),
        CatalogueOutcome<T>.NotFound missing => throw AdministrationException.NotFound($"The messaging entity '{missing.Name}'"),
        CatalogueOutcome<T>.Refused refused => throw AdministrationException.BadRequest($"SubCode=40000. {refused.Reason}."),
        _ => throw new InvalidOperationException($"There is no answer for {outcome.GetType().Name}."),
    };
}
