using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace EventFunctions.Local.Host.Tests.Process;

public sealed class HostProcessTests
{
    [Fact]
    public async Task Help_lists_every_option_and_ends_well()
    {
        using var host = HostProcess.Start("--help");

        Assert.Equal(0, await host.EndsAsync());
        Assert.All(
            ["--port", "--data", "--ephemeral", "--verbose", "--log-level", "demo"],
            option => Assert.Contains(option, host.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_its_number()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var host = HostProcess.Start("--port", $"{port}");

        Assert.Equal(1, await host.EndsAsync());
        Assert.Contains($"Port {port} is in use", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_is_taken_from_local_settings_json_where_the_host_was_started()
    {
        var directory = Directory.CreateTempSubdirectory("eventfunctions-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "local.settings.json"), """{ "Values": { "Ordering__StepAttempts": "-7" } }""");
            using var host = HostProcess.StartIn(directory.FullName, [], "--ephemeral");

            Assert.Equal(1, await host.EndsAsync());
            Assert.Contains("Ordering:StepAttempts", host.Errors, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_setting_is_taken_from_the_environment()
    {
        using var host = HostProcess.StartIn(
            Path.GetTempPath(), new() { ["Ordering__SettleDelay"] = "-1.00:00:00", ["CosmosConnection"] = "the host's own counts" }, "--ephemeral");

        Assert.Equal(1, await host.EndsAsync());
        Assert.Contains("Ordering:SettleDelay", host.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("CosmosConnection", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminated_host_ends_in_time_and_well_though_orders_are_under_way()
    {
        using var host = HostProcess.Start("--ephemeral", "--verbose");
        using var http = new HttpClient { BaseAddress = await host.IsUpAsync() };
        using var created = await http.PostAsJsonAsync(
            "products", new { productId = "cup", sku = "CUP", name = "Cup", category = "cups", price = new { amount = 2.5, currency = "EUR" } });
        using var offered = await http.PostAsJsonAsync("products/cup/activate", new { });
        using var stocked = await http.PostAsJsonAsync("inventory/cup/replenish", new { quantity = 100 });
        var order = new
        {
            customerId = "ada",
            currency = "EUR",
            paymentToken = "tok_slow",
            shippingAddress = new { name = "Ada", line1 = "1 Sample Street", postalCode = "10115", city = "Sampleton", country = "DE" },
            lines = new[] { new { productId = "cup", quantity = 1, unitPrice = 2.5 } },
        };
        var placed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => http.PostAsJsonAsync("orders", order)));

        await host.TerminateAsync();

        Assert.Equal(0, await host.EndsAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (offered.StatusCode, stocked.StatusCode));
        Assert.All(placed, reply => Assert.Equal(HttpStatusCode.Created, reply.StatusCode));
        Assert.Contains("Stopped.", host.Output, StringComparison.Ordinal);
        Assert.Contains("Cosmos DB endpoint", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_checks_every_outcome_and_prints_plain_lines_into_a_file()
    {
        using var host = HostProcess.Start("demo", "--orders", "20", "--seed", "5");

        var exitCode = await host.EndsAsync(TimeSpan.FromMinutes(3));

        Assert.True(exitCode == 0, host.Output + host.Errors);
        Assert.All("abcdefgr", letter => Assert.Contains($"ok     ({letter}) ", host.Output, StringComparison.Ordinal));
        Assert.Contains("order-delivered", host.Output, StringComparison.Ordinal);
        Assert.Contains("every check holds", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", host.Output, StringComparison.Ordinal);
    }
}
