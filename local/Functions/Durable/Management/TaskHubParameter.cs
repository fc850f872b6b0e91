using Microsoft.AspNetCore.Http;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>
/// The query parameter <c>taskHub</c>. The host on Azure reaches every hub of its storage; there is one here, so another is refused
/// by name. The parameter <c>connection</c> is not looked at.
/// </summary>
internal sealed class TaskHubParameter(string hubName)
{
    private const string Parameter = "taskHub";

    /// <summary>The answer to a request for another hub; <see langword="null"/> if it is for this one.</summary>
    public IResult? Refuse(HttpRequest request) =>
        request.Query[Parameter].ToString() is { Length: > 0 } asked && !string.Equals(asked, hubName, StringComparison.OrdinalIgnoreCase)
            ? ManagementAnswers.BadRequest($"This host has the task hub '{hubName}' and not '{asked}'. Leave the parameter '{Parameter}' out.")
            : null;
}
