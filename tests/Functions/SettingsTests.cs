using System.Net;
using EventFunctions.Local.Functions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Functions.Tests;

public sealed class SettingsTests
{
    [Fact]
    public async Task Settings_reach_the_configuration_with_colons_and_bindings_by_name()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Functions = [typeof(Configured)],
            Settings = new() { ["Group__Key"] = "value", ["Paths__First"] = "here" },
        });

        Assert.Equal("value Development", await app.Http.GetStringAsync("api/here/there"));
    }

    [Theory]
    [InlineData(null, null, "filed")]
    [InlineData("environment", null, "environment")]
    [InlineData("environment", "given", "given")]
    [InlineData(null, "given", "given")]
    public async Task Settings_given_go_before_the_environment_and_that_before_the_file(string? environment, string? given, string expected)
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Functions = [typeof(Configured)],
            LocalSettings = """
                { // As the Core Tools write it.
                  "IsEncrypted": false, "Values": { "Paths__First": "here", "Group__Key": "filed", "Flag": true, "Nothing": null, } }
                """,
            Environment = environment is null ? [] : new() { ["Group__Key"] = environment },
            Settings = given is null ? [] : new() { ["Group__Key"] = given },
        });

        Assert.Equal($"{expected} Development", await app.Http.GetStringAsync("api/here/there"));
        Assert.Equal("True", app.Services.GetRequiredService<IConfiguration>()["Flag"]);
    }

    [Theory]
    [InlineData("{", "is not JSON: ")]
    [InlineData("[]", "must be an object with the member 'Values'.")]
    [InlineData("""{ "Values": [] }""", "'Values' must be an object of names and texts.")]
    [InlineData("""{ "Values": { "Group": { "Key": "a" } } }""", "'Values.Group' must be a text. Write parts as settings of their own, e.g. 'Group__Part'.")]
    [InlineData("""{ "IsEncrypted": true, "Values": { "A": "x" } }""", "its values are encrypted. Decrypt them with 'func settings decrypt'.")]
    public void A_local_settings_json_that_can_not_be_used_is_refused_with_the_reason(string json, string expected)
    {
        var failure = Assert.Throws<FunctionsStartupException>(
            () => TestApp.Create(new TestAppOptions { Functions = [typeof(Configured)], LocalSettings = json }));

        Assert.Contains(expected, Assert.Single(failure.Problems), StringComparison.Ordinal);
        Assert.Contains("local.settings.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_route_prefix_comes_from_host_json_whose_other_keys_are_tolerated()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Functions = [typeof(Configured)],
            Settings = new() { ["Paths__First"] = "here" },
            HostJson = """
                {
                  // A comment, as the host allows.
                  "version": "2.0", "somethingNew": { "a": 1 },
                  "extensions": { "HTTP": { "routePrefix": "" }, "durableTask": { "storageProvider": { "type": "azureManaged" } } },
                }
                """,
        });

        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("here/there")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("api/here/there")).StatusCode);
    }

    [Fact]
    public void Missing_settings_and_connections_are_named_together()
    {
        var failure = Assert.Throws<FunctionsStartupException>(
            () => TestApp.Create(new TestAppOptions { Functions = [typeof(Configured), typeof(Connected)] }));

        Assert.Equal(
            [
                "Function 'Configured': the route is '%Paths:First%/there', but there is no setting 'Paths:First'. Add it to the app's settings.",
                "Function 'Feed': there is no connection 'CosmosConnection'. Set 'CosmosConnection' to a connection string.",
                "Function 'Messages': there is no connection 'ServiceBusConnection'. "
                    + "Set 'ServiceBusConnection' to a connection string, or 'ServiceBusConnection__fullyQualifiedNamespace'.",
            ],
            failure.Problems);
    }

    [Fact]
    public void A_namespace_that_is_named_by_another_setting_is_no_connection()
    {
        var failure = Assert.Throws<FunctionsStartupException>(() => TestApp.Create(new TestAppOptions
        {
            Functions = [typeof(Connected)],
            Settings = new() { ["CosmosConnection"] = "AccountEndpoint=http://localhost/;AccountKey=a2V5", ["ServiceBusConnection__namespace"] = "somewhere" },
        }));

        Assert.Contains("or 'ServiceBusConnection__fullyQualifiedNamespace'", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void An_identity_based_account_is_refused_by_name()
    {
        var failure = Assert.Throws<FunctionsStartupException>(() => TestApp.Create(new TestAppOptions
        {
            Functions = [typeof(Connected)],
            Settings = new()
            {
                ["CosmosConnection__accountEndpoint"] = "https://account",
                ["ServiceBusConnection__fullyQualifiedNamespace"] = "somewhere",
            },
        }));

        Assert.Contains("'CosmosConnection' is an identity-based one", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "extensions": { "serviceBus": { "maxConcurrentCalls": 0 } } }""", "'extensions.serviceBus.maxConcurrentCalls' is 0")]
    [InlineData("""{ "extensions": { "serviceBus": { "autoCompleteMessages": "no" } } }""", "must be true or false")]
    [InlineData("""{ "extensions": { "serviceBus": { "sessionIdleTimeout": "soon" } } }""", "must be a time span hh:mm:ss")]
    [InlineData("""{ "extensions": [] }""", "'extensions' is [], but must be an object")]
    [InlineData("""{ "extensions": """, "is not JSON")]
    public void A_host_json_that_does_not_say_what_it_must_is_refused(string json, string expected)
    {
        var failure = Assert.Throws<FunctionsStartupException>(
            () => TestApp.Create(new TestAppOptions { Functions = [typeof(Configured)], HostJson = json }));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_host_json_is_named()
    {
        var failure = Assert.Throws<FunctionsStartupException>(() => LocalFunctionsApplication.Create(
            new LocalFunctionsOptions
            {
                FunctionsAssembly = typeof(SettingsTests).Assembly,
                HostJsonPath = "/nowhere/host.json",
                ServiceBusClient = Moq.Mock.Of<Azure.Messaging.ServiceBus.ServiceBusClient>(),
            },
            _ => { }));

        Assert.Contains("host.json can't be read from '/nowhere/host.json'", failure.Message, StringComparison.Ordinal);
    }

    public sealed class Configured(IConfiguration configuration, IHostEnvironment environment)
    {
        [Function("Configured")]
        public IActionResult Run([HttpTrigger("get", Route = "%Paths:First%/there")] HttpRequest request) =>
            new ContentResult { Content = $"{configuration["Group:Key"]} {environment.EnvironmentName}" };
    }

    public sealed class Connected
    {
        [Function("Feed")]
        public void Feed([CosmosDBTrigger("d", "c", Connection = "CosmosConnection")] string changes) => _ = changes;

        [Function("Messages")]
        public void Messages([ServiceBusTrigger("t", "s", Connection = "ServiceBusConnection")] string message) => _ = message;
    }
}
