using EventFunctions.Local.Functions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Starts the composition of a function app.</summary>
public class FunctionsApplication
{
    private FunctionsApplication()
    {
    }

    /// <summary>
    /// Creates a builder with the process's configuration. The host it builds composes and validates the app; like the app on
    /// Azure it does not serve itself, and starting it says so.
    /// </summary>
    /// <param name="args">Command-line arguments, added to the configuration.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables("AZURE_FUNCTIONS_");
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        var builder = new FunctionsApplicationBuilder(configuration);
        builder.Services.AddHostedService<WorkerWithoutHost>();
        return builder;
    }
}
