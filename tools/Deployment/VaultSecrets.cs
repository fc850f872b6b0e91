using System.Security.Cryptography;

namespace EventFunctions.Deployment;

/// <summary>
/// Makes the secrets that the vault does not have yet. One that is there is never written: people's data is sealed under the master
/// key, and addresses are looked up under another, so a second value would lose both.
/// </summary>
/// <param name="resources">Asks for a secret and makes it, in the vault's management and not through its door: a private one is no obstacle.</param>
/// <param name="target">Where the vault is.</param>
/// <param name="random">Gives so many random bytes.</param>
internal sealed class VaultSecrets(ResourceManager resources, DeploymentTarget target, Func<int, byte[]> random)
{
    /// <summary>The length of a secret before it is written in base64: that of a key of AES-256, and enough for any signature.</summary>
    public const int Length = 32;

    private const string Version = "api-version=2024-11-01";

    /// <summary>Makes what is missing.</summary>
    /// <returns>The names of those that were made; their values are nowhere but in the vault.</returns>
    /// <exception cref="DeploymentException">One could not be asked for or made. Those before it stay, and the next run goes on.</exception>
    public async Task<IReadOnlyList<string>> EnsureAsync(SecretList needed, CancellationToken cancellationToken)
    {
        var made = new List<string>();
        foreach (var name in needed.Secrets.Select(s => s.Name))
        {
            var path = $"{target.VaultPath}/secrets/{name}?{Version}";
            if (await resources.FindAsync(path, cancellationToken) is null)
            {
                await MakeAsync(path, cancellationToken);
                made.Add(name);
            }
        }

        return made;
    }

    private async Task MakeAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = random(Length);
        try
        {
            await resources.PutAsync(
                path, new { properties = new { value = Convert.ToBase64String(bytes), contentType = "32 random bytes, base64" } }, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
