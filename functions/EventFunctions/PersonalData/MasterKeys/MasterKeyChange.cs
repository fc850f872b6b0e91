using EventFunctions.Composition;
using EventFunctions.EventSourcing;
using EventFunctions.PersonalData.Api;
using Microsoft.Extensions.Options;

namespace EventFunctions.PersonalData.MasterKeys;

/// <summary>
/// Changes the master key: a new version wraps from now on, and the keys of people are wrapped anew, so many at a time. What is left to
/// do is what the stored keys say, so it goes on after any interruption. The former versions stay and unwrap what they wrapped.
/// </summary>
/// <param name="masterKey">The master key.</param>
/// <param name="rotation">Gives it a new version.</param>
/// <param name="rewrap">Wraps keys anew.</param>
/// <param name="options">How many at a time.</param>
public sealed class MasterKeyChange(
    IMasterKey masterKey, IMasterKeyRotation rotation, ISubjectKeyRewrap rewrap, IOptions<PersonalDataOptions> options)
{
    /// <summary>Begins with a new version.</summary>
    public async Task<MasterKeyReport> RotateAsync(CancellationToken cancellationToken)
    {
        await rotation.RotateAsync(cancellationToken);
        return await RewrapAsync(cancellationToken);
    }

    /// <summary>Goes on with the version that is the current one.</summary>
    public async Task<MasterKeyReport> RewrapAsync(CancellationToken cancellationToken)
    {
        var done = await rewrap.RewrapAsync(options.Value.KeysPerStep, cancellationToken);
        return await ReportAsync(done, cancellationToken);
    }

    /// <summary>How it stands.</summary>
    public Task<MasterKeyReport> ReportAsync(CancellationToken cancellationToken) => ReportAsync(0, cancellationToken);

    private async Task<MasterKeyReport> ReportAsync(int done, CancellationToken cancellationToken) =>
        new(await masterKey.CurrentVersionAsync(cancellationToken), done, await rewrap.CountAsync(cancellationToken));
}
