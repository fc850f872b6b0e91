using EventFunctions.Local.Functions.Invocation;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Composes a function app: configuration, services, logging and the invocation pipeline.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder _inner;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];
    private bool _built;

    internal FunctionsApplicationBuilder(ConfigurationManager configuration)
    {
        _inner = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            Configuration = configuration,
            ContentRootPath = AppContext.BaseDirectory,
        });
        _inner.Logging.AddConfiguration(_inner.Configuration.GetSection("Logging"));
        _inner.ConfigureContainer(new DefaultServiceProviderFactory(
            new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }));
        _inner.Services.AddOptions<WorkerOptions>();
    }

    /// <summary>Values shared by the parts of the composition.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_inner).Properties;

    /// <summary>The app's configuration.</summary>
    public ConfigurationManager Configuration => _inner.Configuration;

    /// <summary>Where the app runs.</summary>
    public IHostEnvironment Environment => _inner.Environment;

    /// <summary>The app's logging; no provider is there unless one is added.</summary>
    public ILoggingBuilder Logging => _inner.Logging;

    /// <summary>The app's metrics.</summary>
    public IMetricsBuilder Metrics => _inner.Metrics;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => _inner.Services;

    /// <inheritdoc />
    IConfigurationManager IHostApplicationBuilder.Configuration => _inner.Configuration;

    /// <summary>Ends the composition.</summary>
    /// <exception cref="InvalidOperationException">It was ended before.</exception>
    /// <exception cref="AggregateException">A registered service can't be created.</exception>
    public IHost Build()
    {
        if (_built)
        {
            throw new InvalidOperationException("Build can only be called once.");
        }

        _built = true;
        FunctionExecutionDelegate pipeline = FunctionExecution.RunAsync;
        foreach (var middleware in Enumerable.Reverse(_middleware))
        {
            pipeline = middleware(pipeline);
        }

        Services.AddSingleton(new InvocationPipeline(pipeline));
        return _inner.Build();
    }

    /// <summary>Sets the factory of the app's service provider.</summary>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => _inner.ConfigureContainer(factory, configure);

    /// <summary>Adds a part to the invocation pipeline; parts run in the order in which they were added.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        _middleware.Add(middleware);
        return this;
    }
}
