namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>
/// A file of the test's own, in which the killed processes write down what they do, each line before or after it as the line says. What
/// was written is there after the end of the process, as the system has it.
/// </summary>
internal sealed class Ledger : IDisposable
{
    /// <summary>A process has opened the hub.</summary>
    public const string Opened = "opened";

    /// <summary>An instance is about to be started (id).</summary>
    public const string Starting = "starting";

    /// <summary>An instance's start was acknowledged (id).</summary>
    public const string Started = "started";

    /// <summary>An event was acknowledged (instance, name).</summary>
    public const string Raised = "raised";

    /// <summary>An activity begins to run (key).</summary>
    public const string Runs = "runs";

    /// <summary>The hub was found to have an activity's result (key, result).</summary>
    public const string Recorded = "recorded";

    /// <summary>An instance has ended (id, status, output).</summary>
    public const string Ended = "ended";

    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;

    public Ledger(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

        // The system may have taken a part of the last line only when the process before was killed.
        var whole = file.Length;
        for (; whole > 0 && LastByte(file, whole) != '\n'; whole--)
        {
        }

        file.SetLength(whole);
        file.Position = 0;
        using (var reader = new StreamReader(file, leaveOpen: true))
        {
            Past = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Words)];
        }

        file.Seek(0, SeekOrigin.End);
        _writer = new StreamWriter(file) { AutoFlush = true };
    }

    /// <summary>What was written before it was opened.</summary>
    public IReadOnlyList<string[]> Past { get; }

    /// <summary>The lines of a ledger that nobody writes to: what happened, and to what.</summary>
    public static IReadOnlyList<string[]> Read(string path) => [.. File.ReadLines(path).Select(Words)];

    public void Write(params string[] words)
    {
        lock (_gate)
        {
            _writer.Write($"{string.Join('\t', words)}\n");
        }
    }

    public void Dispose() => _writer.Dispose();

    private static string[] Words(string line) => line.Split('\t');

    private static int LastByte(FileStream file, long length)
    {
        file.Position = length - 1;
        return file.ReadByte();
    }
}
