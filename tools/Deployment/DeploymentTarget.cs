namespace EventFunctions.Deployment;

/// <summary>What was deployed, as the outputs of <c>infra/main.bicep</c> name it. azd hands them to its hooks.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="ResourceGroup">The resource group.</param>
/// <param name="KeyVault">The key vault.</param>
/// <param name="FunctionApp">The function app.</param>
/// <param name="PrincipalId">The object id of the identity that the app runs under.</param>
/// <param name="Address">The address of the app, without a slash at its end.</param>
internal sealed record DeploymentTarget(
    string SubscriptionId, string ResourceGroup, string KeyVault, string FunctionApp, string PrincipalId, Uri Address)
{
    /// <summary>The path of the resource group in the resource manager.</summary>
    public string GroupPath => $"/subscriptions/{SubscriptionId}/resourceGroups/{ResourceGroup}";

    /// <summary>The path of the key vault.</summary>
    public string VaultPath => $"{GroupPath}/providers/Microsoft.KeyVault/vaults/{KeyVault}";

    /// <summary>The path of the function app.</summary>
    public string AppPath => $"{GroupPath}/providers/Microsoft.Web/sites/{FunctionApp}";

    /// <summary>Reads it.</summary>
    /// <param name="variable">Gives an environment variable.</param>
    /// <exception cref="DeploymentException">One is missing, or is no address.</exception>
    public static DeploymentTarget From(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return new DeploymentTarget(
            Read("AZURE_SUBSCRIPTION_ID"),
            Read("AZURE_RESOURCE_GROUP"),
            Read("AZURE_KEY_VAULT_NAME"),
            Read("AZURE_FUNCTION_APP_NAME"),
            Read("AZURE_IDENTITY_PRINCIPAL_ID"),
            ReadAddress("SERVICE_FUNCTIONS_URI"));

        string Read(string name) => variable(name) is { Length: > 0 } value ? value : throw new DeploymentException(
            $"The environment variable {name} is not set. azd sets it after 'azd provision'; by hand: 'azd env get-values' shows it.");

        Uri ReadAddress(string name) => Uri.TryCreate(Read(name), UriKind.Absolute, out var address) ? address : throw new DeploymentException(
            $"The environment variable {name} is '{Read(name)}', which is no absolute address.");
    }
}
