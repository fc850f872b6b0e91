namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>A request that is refused: a status, and a detail for the client's developer.</summary>
/// <param name="status">The status of HTTP.</param>
/// <param name="message">Why.</param>
internal sealed class AdministrationException(int status, string message) : Exception(message)
{
    /// <summary>The status of HTTP.</summary>
    public int Status { get; } = status;

    /// <summary>The request is not as it has to be.</summary>
    public static AdministrationException BadRequest(string message) => new(400, message);

    /// <summary>There is no such entity.</summary>
    public static AdministrationException NotFound(string what) => new(404, $"{what} could not be found.");
}
