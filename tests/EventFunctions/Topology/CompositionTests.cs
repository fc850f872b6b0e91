using Azure.Identity;
using Azure.Messaging.ServiceBus;
using EventFunctions.Composition;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;

namespace EventFunctions.Tests.Topology;

public sealed class CompositionTests
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["CosmosDatabase"] = "eventfunctions",
        ["CosmosConnection"] = "AccountEndpoint=http://127.0.0.1:1/;AccountKey=a2V5",
        ["ServiceBusConnection:fullyQualifiedNamespace"] = "example.servicebus.windows.net",
        ["Payments:BaseAddress"] = "http://partner.test/payments/",
        ["Carrier:BaseAddress"] = "http://partner.test/carrier/",
        ["Carrier:WebhookSecret"] = "a-secret-of-some-length",
        ["PersonalData:MasterKey"] = "Memory",
        ["Supplier:BaseAddress"] = "http://partner.test/supplier/",
        ["Supplier:WebhookSecret"] = "a-secret-of-some-length",
        ["Mail:BaseAddress"] = "http://partner.test/mail/",
        ["Mail:From"] = "shop@example.com",
        ["Notifications:OperatorsAddress"] = "operators@example.com",
        ["Customers:EmailIndexKey"] = "an-index-key-of-the-tests-that-is-long",
        ["Customers:VerificationKey"] = "a-token-key-of-the-tests-that-is-long",
        ["Customers:VerificationPage"] = "https://shop.test/verify",
        ["Webhooks:MasterKey"] = "bG9jYWwtZGV2ZWxvcG1lbnQta2V5LW5vdC1zZWNyZXQ=",
    };

    public static TheoryData<string, string?> WrongSettings => new()
    {
        { "Payments:BaseAddress", null },
        { "Payments:BaseAddress", "http://partner.test/payments" },
        { "Payments:AttemptTimeout", "00:00:00" },
        { "Carrier:WebhookSecret", null },
        { "Carrier:WebhookSecret", "short" },
        { "Carrier:Retries", "0" },
        { "Supplier:WebhookSecret", "short" },
        { "Supplier:OrderUpTo", "0.5" },
        { "Supplier:LongestStepDelay", "00:00:00.001" },
        { "Ordering:DeliveryTimeout", "00:00:00" },
        { "PersonalData:MasterKey", null },
        { "PersonalData:KeyCacheTime", "02:00:00" },
        { "ProjectionHealth:FlushInterval", "00:00:00" },
        { "Ordering:LongestRetryDelay", "00:00:00.001" },
        { "Mail:From", null },
        { "Mail:From", "shop" },
        { "Notifications:OperatorsAddress", null },
        { "Notifications:OperatorsAddress", "operators" },
        { "Customers:EmailIndexKey", null },
        { "Customers:VerificationKey", "short" },
        { "Customers:VerificationPage", null },
        { "Customers:VerificationPage", "/verify" },
        { "Customers:Expiry", "1.00:00:00" },
        { "Customers:LongestRetryDelay", "00:00:00.001" },
        { "Webhooks:MasterKey", null },
        { "Webhooks:MasterKey", "c2hvcnQ=" },
        { "Webhooks:MasterKey", "not Base64" },
        { "Webhooks:AttemptTimeout", "00:00:00" },
        { "Webhooks:DisableAfterGivenUp", "0" },
        { "Webhooks:ListCacheTime", "-00:00:01" },
        { "Webhooks:ListCacheTime", "00:05:01" },
    };

    [Fact]
    public void Every_function_can_be_made_from_the_composition_on_the_cosmos_stores()
    {
        using var host = Compose(Settings);
        using var scope = host.Services.CreateScope();
        var classes = typeof(OrderSaga).Assembly.GetTypes()
            .Where(t => t.GetMethods().Any(m => m.IsDefined(typeof(FunctionAttribute), inherit: false)))
            .Where(t => !(t.IsAbstract && t.IsSealed))
            .ToList();

        Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(scope.ServiceProvider, type)));
        Assert.True(classes.Count > 30, $"{classes.Count} classes");
        Assert.Equal("MeteredEventStore", host.Services.GetRequiredService<IEventStore>().GetType().Name);
    }

    [Fact]
    public void What_is_registered_before_is_left_as_it_is()
    {
        var client = Mock.Of<ServiceBusClient>();
        var store = Mock.Of<IEventStore>();

        using var host = Compose(Settings, services => services.AddSingleton(client).AddSingleton(store));

        Assert.Same(client, host.Services.GetRequiredService<ServiceBusClient>());
        Assert.Same(store, host.Services.GetRequiredService<IEventStore>());
    }

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void A_setting_that_is_missing_or_wrong_is_named_at_the_start(string setting, string? value)
    {
        using var host = Compose(new Dictionary<string, string?>(Settings) { [setting] = value });

        var exception = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains($"'{setting}'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CosmosConnection")]
    [InlineData("CosmosDatabase")]
    public void A_missing_connection_is_named_at_the_start(string setting)
    {
        using var host = Compose(new Dictionary<string, string?>(Settings) { [setting] = null });

        var exception = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains($"Set '{setting}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_namespace_is_named_at_the_start_unless_a_client_is_there()
    {
        var settings = new Dictionary<string, string?>(Settings) { ["ServiceBusConnection:fullyQualifiedNamespace"] = null };
        using var with = Compose(settings);
        using var without = Compose(settings, _ => { });

        with.Services.GetRequiredService<IStartupValidator>().Validate();
        var exception = Assert.Throws<OptionsValidationException>(() => without.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("Set 'ServiceBusConnection'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountEndpoint=http://127.0.0.1:1/;AccountKey=a2V5", "Gateway")]
    [InlineData("AccountEndpoint=https://account.documents.azure.com/;AccountKey=a2V5", "Direct")]
    public void A_store_on_this_machine_is_reached_through_its_gateway(string connectionString, string mode)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["CosmosConnection"] = connectionString }).Build();

        using var client = Connections.OpenCosmos(configuration);

        Assert.Equal(mode, client.ClientOptions.ConnectionMode.ToString());
    }

    [Fact]
    public void An_account_without_a_key_is_reached_with_an_identity()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CosmosConnection:accountEndpoint"] = "https://account.documents.azure.com/",
            ["CosmosConnection:clientId"] = "6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01",
        }).Build();

        using var client = Connections.OpenCosmos(configuration);

        Assert.Equal(new Uri("https://account.documents.azure.com/"), client.Endpoint);
    }

    [Theory]
    [InlineData("managedidentity", "6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01", typeof(ManagedIdentityCredential))]
    [InlineData("ManagedIdentity", null, typeof(ManagedIdentityCredential))]
    [InlineData(null, "6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01", typeof(ManagedIdentityCredential))]
    [InlineData(null, null, typeof(DefaultAzureCredential))]
    public void A_connection_says_with_which_identity_a_service_is_reached(string? credential, string? clientId, Type expected) =>
        Assert.IsType(expected, ConnectionIdentity.Of(Identity(credential, clientId)));

    [Fact]
    public void A_credential_that_there_is_not_is_named_with_its_setting()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => ConnectionIdentity.Of(Identity("workload", clientId: null)));

        Assert.Contains("'CosmosConnection__credential' is 'workload'", exception.Message, StringComparison.Ordinal);
    }

    private static IConfigurationSection Identity(string? credential, string? clientId) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["CosmosConnection:credential"] = credential, ["CosmosConnection:clientId"] = clientId })
        .Build().GetSection("CosmosConnection");

    private static IHost Compose(Dictionary<string, string?> settings, Action<IServiceCollection>? before = null)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(settings);
        if (before is null)
        {
            // The local client type is made by a broker; the functions only need one to exist.
            builder.Services.AddSingleton(Mock.Of<ServiceBusClient>());
        }
        else
        {
            before(builder.Services);
        }

        return builder.AddEventFunctions().Build();
    }
}
