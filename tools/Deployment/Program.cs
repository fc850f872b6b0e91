using System.Security.Cryptography;
using Azure.Identity;
using EventFunctions.Deployment;

// An answer of an app that starts may take its time; no request takes longer than this.
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(100) };
var interval = TimeSpan.FromSeconds(10);

return await DeploymentCommands.Create(PrepareAsync, SmokeTestAsync).Parse(args).InvokeAsync();

async Task PrepareAsync(PrepareArguments arguments, CancellationToken cancellationToken)
{
    var target = DeploymentTarget.From(Environment.GetEnvironmentVariable);
    var resources = new ResourceManager(http, CredentialOf(Environment.GetEnvironmentVariable("AZURE_TENANT_ID")));
    var useCase = new PrepareUseCase(
        new VaultSecrets(resources, target, RandomNumberGenerator.GetBytes),
        new RoleAssignments(resources, target, arguments.Settle, TimeProvider.System),
        new VaultReferences(resources, target, new Patience(TimeProvider.System, interval, arguments.Wait)),
        Console.Out);
    await useCase.RunAsync(await SecretList.LoadAsync(Path.Combine(AppContext.BaseDirectory, "secrets.json"), cancellationToken), cancellationToken);
}

async Task SmokeTestAsync(TimeSpan wait, CancellationToken cancellationToken)
{
    var target = DeploymentTarget.From(Environment.GetEnvironmentVariable);
    var answer = await new SmokeTest(http, target, new Patience(TimeProvider.System, interval, wait)).RunAsync(cancellationToken);
    Console.WriteLine($"{target.Address} is well: {answer}");
}

// Whoever is signed in with azd or, where nobody is, with az; in the tenant of the environment, if it names one.
static ChainedTokenCredential CredentialOf(string? tenant) => new(
    new AzureDeveloperCliCredential(new AzureDeveloperCliCredentialOptions { TenantId = tenant }),
    new AzureCliCredential(new AzureCliCredentialOptions { TenantId = tenant }));
