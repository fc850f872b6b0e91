namespace EventFunctions.Deployment;

/// <summary>The deployment cannot go on; the message names cause and remedy.</summary>
internal sealed class DeploymentException(string message) : Exception(message);
