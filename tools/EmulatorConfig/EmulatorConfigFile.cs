using System.Text.Encodings.Web;
using System.Text.Json;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.EmulatorConfig;

/// <summary>The file that the emulator is started with, and the topology that it is made from.</summary>
/// <param name="root">The root of the repository.</param>
internal sealed class EmulatorConfigFile(string root)
{
    private const string Solution = "EventFunctions.sln";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // The file is read by people and by the emulator, not by a browser.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file.</summary>
    public string FullName { get; } = Path.Combine(root, "infra", "emulators", "Config.json");

    /// <summary>The file of the repository that a directory lies in.</summary>
    /// <exception cref="EmulatorConfigException">It lies in none.</exception>
    public static EmulatorConfigFile Around(string directory)
    {
        for (var candidate = new DirectoryInfo(directory); candidate is not null; candidate = candidate.Parent)
        {
            if (File.Exists(Path.Combine(candidate.FullName, Solution)))
            {
                return new EmulatorConfigFile(candidate.FullName);
            }
        }

        throw new EmulatorConfigException($"There is no {Solution} in '{directory}' or above it. Run this inside the repository.");
    }

    /// <summary>The text of a configuration.</summary>
    public static string TextOf(EmulatorDocument document) => $"{JsonSerializer.Serialize(document, Format)}\n";

    /// <summary>The topology of <c>infra/messaging.json</c>, as it is for the emulator.</summary>
    /// <exception cref="EmulatorConfigException">The emulator cannot hold it.</exception>
    /// <exception cref="MessagingTopologyException">It cannot be used at all.</exception>
    public EmulatorTopology Make() => EmulatorTopology.Of(MessagingTopology.Load(Path.Combine(root, "infra", "messaging.json")));

    /// <summary>Whether the file is there and says just that.</summary>
    public bool IsCurrent(EmulatorDocument document) => File.Exists(FullName) && File.ReadAllText(FullName) == TextOf(document);

    /// <summary>Writes the file.</summary>
    public void Write(EmulatorDocument document) => File.WriteAllText(FullName, TextOf(document));
}
