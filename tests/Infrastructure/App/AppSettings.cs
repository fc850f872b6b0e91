using EventFunctions.Composition;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventFunctions.Infrastructure.Tests.App;

/// <summary>The settings that the app reads, found by letting it read them.</summary>
public static class AppSettings
{
    /// <summary>
    /// The settings of the app's options, as they are written on Azure: <c>Section__Setting</c>; <c>Section__Setting__*</c> for one with
    /// entries of any name. The section of each type is the one that it asks the configuration for.
    /// </summary>
    public static IReadOnlySet<string> Read()
    {
        var recorder = new Recorder();
        using var host = Compose(builder => builder.Add(recorder));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in OptionTypes(host.Services))
        {
            recorder.Keys.Clear();
            Configure(type, host.Services);
            var sections = recorder.Keys.Where(k => k.Contains(':', StringComparison.Ordinal)).Select(k => k.Split(':')[0]).Distinct().ToList();

            // What gathers the connections asks several, and each of them by a name that bindings name too.
            if (sections is [var section])
            {
                names.UnionWith(type.GetProperties().Where(p => p.CanWrite).Select(p => $"{section}__{p.Name}{(HasEntries(p.PropertyType) ? "__*" : string.Empty)}"));
            }
        }

        return names;
    }

    /// <summary>Starts as far as the checks of its settings.</summary>
    /// <exception cref="OptionsValidationException">A setting is missing or out of range; the message names it.</exception>
    public static void Validate(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var values = settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value));
        using var host = Compose(configuration => configuration.AddInMemoryCollection(values));
        host.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static IHost Compose(Action<IConfigurationBuilder> configure)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        configure(builder.Configuration);
        builder.Services.AddSingleton(builder.Services);
        return builder.AddEventFunctions().Build();
    }

    private static void Configure(Type type, IServiceProvider services)
    {
        var options = Activator.CreateInstance(type, nonPublic: true)!;
        var configure = typeof(IConfigureOptions<>).MakeGenericType(type);
        foreach (var step in services.GetServices(configure))
        {
            configure.GetMethod(nameof(IConfigureOptions<>.Configure))!.Invoke(step, [options]);
        }
    }

    private static bool HasEntries(Type type) => type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type);

    private static IEnumerable<Type> OptionTypes(IServiceProvider services) => services.GetRequiredService<IServiceCollection>()
        .Select(s => s.ServiceType)
        .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IValidateOptions<>))
        .Select(t => t.GenericTypeArguments[0])
        .Where(t => t.Assembly == AppFunctions.Assembly)
        .Distinct();

    private sealed class Recorder : ConfigurationProvider, IConfigurationSource
    {
        public HashSet<string> Keys { get; } = [];

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        /// <summary>A section that has nothing in it would not be asked any further.</summary>
        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            parentPath?.Contains(':', StringComparison.Ordinal) == false ? earlierKeys.Append("anything") : earlierKeys;

        public override bool TryGet(string key, out string? value)
        {
            Keys.Add(key);
            value = null;
            return false;
        }
    }
}
