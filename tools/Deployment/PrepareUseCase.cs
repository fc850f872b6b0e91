namespace EventFunctions.Deployment;

/// <summary>What a template cannot do: secrets that are made once, and waiting.</summary>
/// <param name="secrets">Makes secrets.</param>
/// <param name="roles">Waits for roles.</param>
/// <param name="references">Waits for settings.</param>
/// <param name="output">Is told what happens.</param>
internal sealed class PrepareUseCase(VaultSecrets secrets, RoleAssignments roles, VaultReferences references, TextWriter output)
{
    /// <summary>Does it; it may be done again at any time, and then changes nothing.</summary>
    /// <exception cref="DeploymentException">Something is in the way.</exception>
    public async Task RunAsync(SecretList needed, CancellationToken cancellationToken)
    {
        var made = await secrets.EnsureAsync(needed, cancellationToken);
        await output.WriteLineAsync(made.Count > 0 ? $"Secrets made: {string.Join(", ", made)}." : "All secrets were there.");
        var waited = await roles.WaitAsync(cancellationToken);
        await output.WriteLineAsync(waited > TimeSpan.Zero ? $"Waited {waited.TotalSeconds:0} s for new roles." : "No role is new.");
        await references.WaitAsync(cancellationToken);
        await output.WriteLineAsync("The app's references into the vault are in order.");
    }
}
