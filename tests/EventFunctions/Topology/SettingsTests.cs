using System.Reflection;
using System.Text.Json;
using EventFunctions.Composition;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Tests.Topology;

/// <summary>The sample of the settings is whole, and says nothing that nobody reads.</summary>
public sealed class SettingsTests
{
    /// <summary>What the Functions host itself reads.</summary>
    private static readonly string[] HostSettings = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"];

    private static readonly Dictionary<string, Type> Sections = new()
    {
        ["Administration"] = typeof(AdministrationOptions),
        ["Payments"] = typeof(PaymentsOptions),
        ["Carrier"] = typeof(CarrierOptions),
        ["Supplier"] = typeof(SupplierOptions),
        ["Mail"] = typeof(MailOptions),
        ["Customers"] = typeof(CustomersOptions),
        ["Notifications"] = typeof(NotificationsOptions),
        ["Ordering"] = typeof(OrderingOptions),
        ["PersonalData"] = typeof(PersonalDataOptions),
        ["ProjectionHealth"] = typeof(ProjectionHealthOptions),
        ["Projections"] = typeof(ProjectionOptions),
        ["Webhooks"] = typeof(WebhookOptions),
    };

    [Fact]
    public void The_sample_has_every_setting_that_the_app_cannot_start_without()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(Sample().ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => s.Value));
        using var host = builder.AddEventFunctions().Build();

        host.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void The_sample_has_every_connection_and_setting_that_a_binding_or_the_host_names()
    {
        var durable = Json("host.json").GetProperty("extensions").GetProperty("durableTask");
        var named = BindingTexts().ToHashSet(StringComparer.Ordinal);
        named.Add(durable.GetProperty("storageProvider").GetProperty("connectionStringName").GetString()!);

        Assert.Equal(["CosmosConnection", "CosmosDatabase", "DurableTaskSchedulerConnection", "ServiceBusConnection"], named.Order());
        Assert.Empty(named.Except(Sample().Keys));
    }

    [Fact]
    public void Every_setting_of_the_sample_is_read_by_somebody() => Assert.All(
        Sample().Keys.Except(HostSettings).Except(BindingTexts()).Except(["DurableTaskSchedulerConnection"]),
        key =>
        {
            var (section, name) = key.Split("__") is [var first, var second, ..] ? (first, second) : (key, string.Empty);
            Assert.Contains(section, Sections.Keys);
            Assert.NotNull(Sections[section].GetProperty(name));
        });

    [Fact]
    public void Every_setting_of_the_app_is_in_the_sample_and_explained()
    {
        var names = Sections.SelectMany(s => s.Value.GetProperties().Where(p => p.SetMethod is not null).Select(p => $"{s.Key}__{p.Name}")).ToList();
        var (sample, explained) = (Sample().Keys.ToList(), File.ReadAllText(PathOf("docs/settings.md")));

        Assert.True(names.Count > 80, $"Only {names.Count} settings were found.");
        Assert.All(names, name => Assert.Contains(sample, key => key == name || key.StartsWith($"{name}__", StringComparison.Ordinal)));
        Assert.All(sample, key => Assert.Contains($"`{key}`", explained, StringComparison.Ordinal));
    }

    /// <summary>The connections and the <c>%settings%</c> that the triggers name.</summary>
    private static IEnumerable<string> BindingTexts() =>
        from type in typeof(OrderSaga).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.IsDefined(typeof(FunctionAttribute), inherit: false)
        from parameter in method.GetParameters()
        from binding in parameter.GetCustomAttributes<Attribute>()
        from property in binding.GetType().GetProperties()
        where property.PropertyType == typeof(string)
        let text = (string?)property.GetValue(binding)
        where text is not null && (property.Name.EndsWith("Connection", StringComparison.Ordinal) || text.StartsWith('%'))
        select text.Trim('%');

    private static Dictionary<string, string?> Sample() => Json("local.settings.sample.json").GetProperty("Values")
        .EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString());

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(PathOf(file))).RootElement;

    private static string PathOf(string file)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "EventFunctions.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine(directory.FullName, file);
    }
}
