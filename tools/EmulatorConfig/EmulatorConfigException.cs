namespace EventFunctions.EmulatorConfig;

/// <summary>The topology has no configuration for the emulator; the message names cause and remedy.</summary>
internal sealed class EmulatorConfigException(string message) : Exception(message);
