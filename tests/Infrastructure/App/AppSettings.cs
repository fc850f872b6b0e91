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
    /// The settings of the app's options, as they are written on Azure: <c>Section__Setting</c>. A dictionary's own name stands for its entries.
    /// </summary>
    public static IReadOnlySet<string> Read()
    {
        var recorder = new Recorder();
        using var host = Compose(builder => builder.Add(recorder));
        recorder.Keys.Clear();
        foreach (var type in OptionTypes(host.Services))
        {
            var options = Activator.CreateInstance(type, nonPublic: true)!;
            var configure = typeof(IConfigureOptions<>).MakeGenericType(type);
            foreach (var step in host.Services.GetServices(configure))
            {
                configure.GetMethod(nameof(IConfigureOptions<>.Configure))!.Invoke(step, [options]);
            }
        }

        // A section is asked for its own value too, and has none.
        var sections = recorder.Keys.Select(k => k.Split(':')[0]).Where(s => recorder.Keys.Any(k => k.StartsWith($"{s}:", StringComparison.Ordinal))).ToHashSet();
        return recorder.Keys.Where(k => !sections.Contains(k)).Select(k => k.Replace(":", "__", StringComparison.Ordinal)).ToHashSet();
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

        public override bool TryGet(string key, out string? value)
        {
            Keys.Add(key);
            value = null;
            return false;
        }
    }
}
