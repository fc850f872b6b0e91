using EventFunctions.EventSourcing;

namespace EventFunctions.PersonalData.MasterKeys;

/// <summary>A master key in a file that only its owner may read.</summary>
/// <remarks>
/// The file is made at the first use. A rotation adds a version and keeps the former ones, which still unwrap what they wrapped. A version
/// that another process added is found when something asks for it. Safe for concurrent use.
/// </remarks>
public sealed class FileMasterKey : IMasterKey, IMasterKeyRotation, IDisposable
{
    private readonly string _path;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private MasterKeyFile? _known;

    /// <summary>Uses a file.</summary>
    /// <param name="path">The file; it need not be there yet.</param>
    public FileMasterKey(string path) => _path = Path.GetFullPath(path);

    /// <inheritdoc/>
    /// <exception cref="MasterKeyException">The file is damaged, or others than its owner may read it.</exception>
    public async Task<string> CurrentVersionAsync(CancellationToken cancellationToken = default) => (await KnownAsync(cancellationToken)).Current;

    /// <inheritdoc/>
    /// <exception cref="MasterKeyException">The file is damaged, or others than its owner may read it.</exception>
    public async Task<WrappedKey> WrapAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        var file = await KnownAsync(cancellationToken);
        return KeyWrap.Wrap(file.Versions[file.Current], file.Current, key.Span);
    }

    /// <inheritdoc/>
    public async Task<byte[]> UnwrapAsync(WrappedKey wrapped, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        var file = await KnownAsync(cancellationToken);
        if (!file.Versions.TryGetValue(wrapped.Version, out var master))
        {
            file = await LoadAsync(cancellationToken);
            master = file.Versions.GetValueOrDefault(wrapped.Version) ?? throw new MasterKeyException(
                $"The master key '{_path}' has no version '{wrapped.Version}'. Restore the file from its backup.");
        }
        return KeyWrap.Unwrap(master, wrapped);
    }

    /// <inheritdoc/>
    public async Task<string> RotateAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _known = await MasterKeyFile.AddVersionAsync(_path, cancellationToken);
            return _known.Current;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async ValueTask<MasterKeyFile> KnownAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _known) ?? await LoadAsync(cancellationToken);

    private async Task<MasterKeyFile> LoadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _known = await MasterKeyFile.LoadOrCreateAsync(_path, cancellationToken);
            return _known;
        }
        finally
        {
            _gate.Release();
        }
    }
}
