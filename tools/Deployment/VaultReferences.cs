using System.Text.Json;

namespace EventFunctions.Deployment;

/// <summary>
/// Waits until the app's settings that refer to the vault are resolved
/// (https://learn.microsoft.com/azure/app-service/app-service-key-vault-references). What could not be resolved is otherwise looked at again
/// after a day only.
/// </summary>
/// <param name="resources">Asks.</param>
/// <param name="target">Where the app is.</param>
/// <param name="patience">How often, and for how long.</param>
internal sealed class VaultReferences(ResourceManager resources, DeploymentTarget target, Patience patience)
{
    private const string Version = "api-version=2024-11-01";

    /// <summary>Those of which nothing bad is known: an app that never ran may not have been asked for yet.</summary>
    private static readonly string[] Good = ["Resolved", "Initialized"];

    /// <summary>Waits.</summary>
    /// <exception cref="DeploymentException">Some are not resolved in time; the message names them.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> bad = [];
        var resolved = await patience.UntilAsync(
            async () =>
            {
                await resources.PostAsync($"{target.AppPath}/config/configreferences/appsettings/refresh?{Version}", cancellationToken);
                bad = await BadAsync(cancellationToken);
                return bad.Count == 0;
            },
            cancellationToken);
        if (!resolved)
        {
            throw new DeploymentException(
                $"Settings of '{target.FunctionApp}' that refer to the vault '{target.KeyVault}' are not resolved: {string.Join(", ", bad)}. "
                + "The app's identity needs the role Key Vault Secrets User on the vault, and a way to it. Run 'azd provision' again.");
        }
    }

    private async Task<IReadOnlyList<string>> BadAsync(CancellationToken cancellationToken)
    {
        var found = await resources.FindAsync($"{target.AppPath}/config/configreferences/appsettings?{Version}", cancellationToken)
            ?? throw new DeploymentException($"There is no function app '{target.FunctionApp}' in '{target.ResourceGroup}'. Run 'azd provision'.");
        return
        [
            .. found.GetProperty("value").EnumerateArray()
                .Select(reference => (Name: reference.GetProperty("name").GetString(), Status: StatusOf(reference)))
                .Where(reference => !Good.Contains(reference.Status, StringComparer.OrdinalIgnoreCase))
                .Select(reference => $"{reference.Name} ({reference.Status})"),
        ];
    }

    private static string StatusOf(JsonElement reference) =>
        reference.GetProperty("properties").TryGetProperty("status", out var status) ? status.GetString() ?? "unknown" : "unknown";
}
