namespace EventFunctions.Local.Host;

/// <summary>Where the local runtime keeps its state: a folder with a part for each of those that have some.</summary>
internal sealed class StateFolder
{
    private readonly string _path;

    private StateFolder(string path) => _path = path;

    /// <summary>Databases, containers and items.</summary>
    public string Store => Path.Combine(_path, "cosmos");

    /// <summary>Queues, topics and their messages.</summary>
    public string Broker => Path.Combine(_path, "servicebus");

    /// <summary>Orchestrations with their histories and timers.</summary>
    public string Engine => Path.Combine(_path, "durabletask");

    /// <summary>What the sandboxed partners remember.</summary>
    public string Partners => Path.Combine(_path, "partners");

    /// <summary>The mails that were sent, one file each.</summary>
    public string Mails => Path.Combine(_path, "mails");

    /// <summary>The master key that people's keys are wrapped with.</summary>
    public string MasterKey => Path.Combine(_path, "master-key.json");

    /// <summary>The secrets that app and partners share.</summary>
    public string Secrets => Path.Combine(_path, "secrets.json");

    /// <summary>The folder, made if it is not there. That nobody else uses it, the journals below it see to.</summary>
    /// <exception cref="LocalRuntimeException">It can't be made.</exception>
    public static StateFolder Open(string path)
    {
        try
        {
            return new StateFolder(Directory.CreateDirectory(path).FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LocalRuntimeException(
                $"The folder '{path}' can't be made ({exception.Message}). Name another with --data, or keep nothing with --ephemeral.", exception);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _path;
}
