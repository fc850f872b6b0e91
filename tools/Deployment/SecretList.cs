using System.Text.Json;

namespace EventFunctions.Deployment;

/// <summary>The secrets that the app needs, as <c>infra/secrets.json</c> lists them for Bicep and for this tool.</summary>
/// <param name="Secrets">In the order of the file.</param>
internal sealed record SecretList(IReadOnlyList<NeededSecret> Secrets)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads the file.</summary>
    /// <exception cref="DeploymentException">It is missing, or lists something else.</exception>
    public static async Task<SecretList> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<SecretList>(file, Strict, cancellationToken)
                ?? throw new DeploymentException($"{path} is empty; it must list the secrets.");
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            throw new DeploymentException($"{path} does not list secrets with name and setting: {exception.Message}");
        }
    }
}

/// <summary>A secret that the app needs.</summary>
/// <param name="Name">Its name in the vault.</param>
/// <param name="Setting">The setting that refers to it.</param>
internal sealed record NeededSecret(string Name, string Setting);
