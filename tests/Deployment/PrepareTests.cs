using System.Net;
using System.Security.Cryptography;

namespace EventFunctions.Deployment.Tests;

public sealed class PrepareTests : IDisposable
{
    private readonly FakeAzure _azure = new();
    private readonly PassingTimeProvider _clock = new();
    private readonly StringWriter _output = new();

    public PrepareTests() => _azure.Roles.Add(_clock.GetUtcNow().AddHours(-1));

    public void Dispose()
    {
        _azure.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Every_secret_that_is_missing_is_made_of_32_random_bytes_and_told_by_its_name_only()
    {
        var needed = await NeededAsync();

        await PrepareAsync(needed);

        Assert.Equal(needed.Secrets.Select(s => s.Name).Order(), _azure.Secrets.Keys.Order());
        Assert.All(_azure.Secrets.Values, value => Assert.Equal(VaultSecrets.Length, Convert.FromBase64String(value).Length));
        Assert.Equal(_azure.Secrets.Count, _azure.Secrets.Values.Distinct().Count());
        Assert.All(_azure.Secrets, secret => Assert.Contains(secret.Key, _output.ToString(), StringComparison.Ordinal));
        Assert.All(_azure.Secrets.Values, value => Assert.DoesNotContain(value, _output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_later_deployment_makes_what_is_new_and_leaves_what_is_there()
    {
        var needed = await NeededAsync();
        await PrepareAsync(needed);
        var before = new Dictionary<string, string>(_azure.Secrets);

        await PrepareAsync(needed with { Secrets = [.. needed.Secrets, new NeededSecret("another", "Another__Secret")] });

        Assert.Equal(before.Count + 1, _azure.Secrets.Count);
        Assert.All(before, secret => Assert.Equal(secret.Value, _azure.Secrets[secret.Key]));
    }

    [Fact]
    public async Task A_deployment_that_stopped_between_two_secrets_goes_on_with_the_rest()
    {
        var needed = await NeededAsync();
        _azure.Secrets["webhooks-master-key"] = "kept";

        await PrepareAsync(needed);

        Assert.Equal("kept", _azure.Secrets["webhooks-master-key"]);
        Assert.Equal(needed.Secrets.Count, _azure.Secrets.Count);
        Assert.Equal(needed.Secrets.Count - 1, _azure.Requests.Count(r => r.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_may_not_write_a_secret_is_told_which_roles_it_takes_and_sees_no_value()
    {
        _azure.RefusesWrites = HttpStatusCode.Forbidden;
        var bytes = RandomNumberGenerator.GetBytes(VaultSecrets.Length);
        var secrets = new VaultSecrets(_azure.Manager(), FakeAzure.Target, _ => [.. bytes]);

        var refused = await Assert.ThrowsAsync<DeploymentException>(async () => await secrets.EnsureAsync(await NeededAsync(), CancellationToken.None));

        Assert.Contains("Contributor", refused.Message, StringComparison.Ordinal);
        Assert.Contains("AuthorizationFailed", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(bytes), refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 120)]
    [InlineData(30, 90)]
    [InlineData(119, 1)]
    [InlineData(120, 0)]
    [InlineData(100_000, 0)]
    [InlineData(-500, 120)]
    public async Task The_newest_role_is_waited_for_until_it_is_old_enough_however_wrong_the_clock(int ageInSeconds, int expectedWait)
    {
        _azure.Roles.Add(_clock.GetUtcNow().AddSeconds(-Math.Min(ageInSeconds, 3600)));

        var waited = await Roles().WaitAsync(CancellationToken.None);

        Assert.Equal(expectedWait, waited.TotalSeconds);
    }

    [Fact]
    public async Task An_identity_without_a_role_is_an_error_that_says_who_may_assign_one()
    {
        _azure.Roles.Clear();

        var refused = await Assert.ThrowsAsync<DeploymentException>(() => Roles().WaitAsync(CancellationToken.None));

        Assert.Contains("may assign roles", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_are_asked_for_again_until_they_are_resolved()
    {
        _azure.ReferenceStatuses.Clear();
        new[] { "AccessToKeyVaultDenied", "SecretNotFound", "Resolved" }.ToList().ForEach(_azure.ReferenceStatuses.Enqueue);

        await References().WaitAsync(CancellationToken.None);

        Assert.Equal(3, _azure.Requests.Count(r => r.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task References_that_stay_unresolved_are_an_error_that_names_them()
    {
        _azure.ReferenceStatuses.Clear();
        _azure.ReferenceStatuses.Enqueue("AccessToKeyVaultDenied");

        var refused = await Assert.ThrowsAsync<DeploymentException>(() => References().WaitAsync(CancellationToken.None));

        Assert.Contains("Carrier__WebhookSecret (AccessToKeyVaultDenied)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(7, _azure.Requests.Count(r => r.StartsWith("GET", StringComparison.Ordinal)));
    }

    private static Task<SecretList> NeededAsync() => SecretList.LoadAsync(Path.Combine(AppContext.BaseDirectory, "secrets.json"), CancellationToken.None);

    private Task PrepareAsync(SecretList needed) =>
        new PrepareUseCase(new VaultSecrets(_azure.Manager(), FakeAzure.Target, RandomNumberGenerator.GetBytes), Roles(), References(), _output)
            .RunAsync(needed, CancellationToken.None);

    private RoleAssignments Roles() => new(_azure.Manager(), FakeAzure.Target, TimeSpan.FromSeconds(120), _clock);

    private VaultReferences References() => new(
        _azure.Manager(), FakeAzure.Target, new Patience(_clock, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)));
}
