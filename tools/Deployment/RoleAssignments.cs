using System.Globalization;

namespace EventFunctions.Deployment;

/// <summary>
/// Waits until the roles of the app's identity are old enough to be known everywhere. A service that does not know a role yet answers 403,
/// and the first package is not taken (https://github.com/Azure/azure-dev/issues/8026). Nothing but their age tells: only the identity itself
/// could try, and it is the app that is not there yet.
/// </summary>
/// <param name="resources">Asks.</param>
/// <param name="target">Whose roles, and where.</param>
/// <param name="settleTime">How old they have to be.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class RoleAssignments(ResourceManager resources, DeploymentTarget target, TimeSpan settleTime, TimeProvider timeProvider)
{
    private const string Version = "api-version=2022-04-01";

    /// <summary>Waits, where the newest role is younger.</summary>
    /// <returns>How long it waited.</returns>
    /// <exception cref="DeploymentException">The identity has no role at all.</exception>
    public async Task<TimeSpan> WaitAsync(CancellationToken cancellationToken)
    {
        var wait = await NewestAsync(cancellationToken) + settleTime - timeProvider.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        // The clock of this machine may be wrong; nobody waits longer for that.
        wait = wait < settleTime ? wait : settleTime;
        await Task.Delay(wait, timeProvider, cancellationToken);
        return wait;
    }

    private async Task<DateTimeOffset> NewestAsync(CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($"principalId eq '{target.PrincipalId}'");
        var found = await resources.FindAsync(
            $"{target.GroupPath}/providers/Microsoft.Authorization/roleAssignments?{Version}&$filter={filter}", cancellationToken);
        var times = found?.GetProperty("value").EnumerateArray()
            .Select(a => DateTimeOffset.Parse(a.GetProperty("properties").GetProperty("createdOn").GetString()!, CultureInfo.InvariantCulture))
            .ToList() ?? [];
        return times.Count > 0 ? times.Max() : throw new DeploymentException(
            $"The identity '{target.PrincipalId}' has no role in '{target.ResourceGroup}'. Run 'azd provision' as somebody who may assign roles.");
    }
}
