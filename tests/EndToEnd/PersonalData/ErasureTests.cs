using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Local.Host.Demo.Shop;
using EventFunctions.Publishing;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.EndToEnd.Tests.PersonalData;

/// <summary>A customer's whole life in the shop: nothing of it is stored in clear, and after an erasure nobody reads it any more.</summary>
public sealed class ErasureTests
{
    private const string Name = "Zebulon Quixotic";
    private const string Street = "17 Xylophone Alley";
    private const string City = "Xanadupolis";
    private const string Token = "tok_slow";
    private const string Words = "My neighbour Ziggy told me to wait";
    private const string Browser = "ZoeBrowser/9.9";
    private const string Requester = "\"clientAddress\":\"127.0.0.1\"";
    private const string Called = "Zeb of Xanadu";
    private const string Address = "zebulon.quixotic@xylophone.example";
    private const string Phone = "4930987654321";

    private static readonly string[] Secrets =
        [Name, Street, City, Token, "tok_ok", Words, "Ziggy", Browser, Requester, Called, Address, Phone];

    [Fact]
    public async Task Nothing_personal_is_stored_in_clear_and_after_an_erasure_every_read_says_erased()
    {
        TappedPublisher? published = null;
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions
        {
            LogLevel = LogLevel.None,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Administration__ArchiveAge"] = "00:00:00" },
            ConfigureServices = services => services.AddSingleton<IEventPublisher>(
                p => published = new TappedPublisher(p.GetRequiredService<ServiceBusClient>())),
        });
        shop.Http.DefaultRequestHeaders.UserAgent.ParseAdd(Browser);
        var customer = await RegisterAsync(shop);
        var (delivered, cancelled) = await ShopAsync(shop, customer);
        await ParkAsync(shop);
        await DeadLetterAsync(shop, published!, delivered);
        await ArchiveAsync(shop, delivered);

        Assert.Contains(Name, await GetAsync(shop, $"api/orders/{delivered}"), StringComparison.Ordinal);
        Assert.Contains(Words, await GetAsync(shop, $"api/orders/{cancelled}"), StringComparison.Ordinal);
        var account = JsonDocument.Parse(await GetAsync(shop, $"api/customers/{customer}")).RootElement.GetProperty("account");
        Assert.Equal(
            (Called, Address, $"+{Phone}"),
            (account.GetProperty("name").GetString(), account.GetProperty("email").GetString(), account.GetProperty("phone").GetString()));
        Assert.Contains(Address, await MailsAsync(shop), StringComparison.Ordinal);
        await AssertNothingInClearAsync(shop, published!);

        var rotated = await PostAsync(shop, "api/admin/personal-data/master-key/rotate");
        Assert.Equal(("2", 0), (rotated.GetProperty("version").GetString(), rotated.GetProperty("remaining").GetInt64()));
        Assert.Equal(1, rotated.GetProperty("rewrapped").GetInt32());
        Assert.Contains(Name, await GetAsync(shop, $"api/orders/{delivered}?version=1"), StringComparison.Ordinal);

        var report = await EraseAsync(shop, customer);

        Assert.True(report.GetProperty("isComplete").GetBoolean());
        Assert.Equal((3, 1), (CleanedOf(report, "views"), CleanedOf(report, "customer-account")));
        Assert.True(CleanedOf(report, "sent-mails") >= 2);
        Assert.True(report.GetProperty("sealed").GetArrayLength() >= 8);
        Assert.Equal(
            report.GetRawText(), JsonDocument.Parse(await GetAsync(shop, $"api/admin/customers/{customer}/erasure")).RootElement.GetRawText());
        await AssertEveryReadIsErasedAsync(shop, customer, delivered, cancelled);
        await AssertTheAccountIsErasedAsync(shop, customer);
        await AssertNothingInClearAsync(shop, published!);
        Assert.Contains("\"findings\":[]", await GetAsync(shop, "api/admin/verify?pageSize=100"), StringComparison.Ordinal);
    }

    /// <summary>A customer with an account, whose address was verified by the mail that came to it.</summary>
    private static async Task<string> RegisterAsync(RunningShop shop)
    {
        using var answer = await shop.Http.PostAsJsonAsync("api/customers", new { name = Called, email = Address, phone = $"+{Phone}" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var customer = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("customerId").GetString()!;
        var text = await Eventually.FindsAsync(
            async () => MailTexts(await MailsAsync(shop)).FirstOrDefault(t => t.Contains("&token=", StringComparison.Ordinal)),
            "the address is asked to be verified");
        await PostAsync(shop, $"api/customers/{customer}/activate", new { token = Uri.UnescapeDataString(text.Split("&token=")[1].Split('\n')[0]) });
        await ProfileSaysAsync(shop, customer, "Active");
        return customer;
    }

    private static IEnumerable<string> MailTexts(string mails) =>
        JsonDocument.Parse(mails).RootElement.GetProperty("mails").EnumerateArray().Select(m => m.GetProperty("text").GetString()!);

    /// <summary>The mail service's mails, all of them.</summary>
    private static async Task<string> MailsAsync(RunningShop shop) => await shop.Sandbox.GetStringAsync(new Uri("mail/mails", UriKind.Relative));

    private static Task ProfileSaysAsync(RunningShop shop, string customer, string status) => Eventually.HoldsAsync(
        async () =>
        {
            using var answer = await shop.Http.GetAsync(new Uri($"api/customers/{customer}", UriKind.Relative));
            return answer.IsSuccessStatusCode
                && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("account").GetProperty("status").GetString() == status;
        },
        $"the profile says that the account is {status}");

    private static int CleanedOf(JsonElement report, string name) =>
        Assert.Single(report.GetProperty("cleaned").EnumerateArray(), c => c.GetProperty("name").GetString() == name).GetProperty("items").GetInt32();

    private static async Task<(string Delivered, string Cancelled)> ShopAsync(RunningShop shop, string customer)
    {
        var product = Orders.Unique("cup");
        await shop.StockUpAsync(product, 10);
        var delivered = await shop.PlaceAndSettleAsync(OrderOf(customer, product, "tok_ok"));
        Assert.Equal("Delivered", delivered.Status);
        var placed = (await shop.Client.PlaceAsync(OrderOf(customer, product, Token), null, null, CancellationToken.None)).Expect("Placing the order");
        Assert.True((await shop.Client.CancelAsync(placed.OrderId, Words, CancellationToken.None)).Status == HttpStatusCode.Accepted);
        var cancelled = await shop.SettleAsync(placed.OrderId);
        Assert.Equal(("Cancelled", Words), (cancelled.Status, cancelled.Cancellation!.Reason));
        await shop.QuietAsync();
        return (delivered.OrderId, cancelled.OrderId);
    }

    private static OrderRequest OrderOf(string customer, string product, string token) =>
        new(customer, "EUR", token, new Recipient(Name, Street, "10115", City, "DE"), [new OrderLine(product, 1, 12.50m)]);

    /// <summary>An event that nobody knows is parked.</summary>
    private static async Task ParkAsync(RunningShop shop)
    {
        var stream = $"ordering-{Guid.NewGuid():N}";
        using var client = new CosmosClient(
            shop.Runtime.CosmosConnectionString,
            EventSourcing.Cosmos.EventStoreClientOptions.ForConnectionString(shop.Runtime.CosmosConnectionString, "EventFunctions.EndToEnd"));
        await client.GetContainer(LocalRuntime.DatabaseName, "events").CreateItemAsync(
            new { id = "0000000001", stream, kind = "event", note = "From a newer version of the code." }, new PartitionKey(stream));
        await Eventually.HoldsAsync(async () => (await shop.Store.ParkedAsync(stream)).Count == 1, "the event is parked");
    }

    /// <summary>A message whose sealed data was changed on its way is dead-lettered by its consumers.</summary>
    private static async Task DeadLetterAsync(RunningShop shop, TappedPublisher published, string orderId)
    {
        var body = published.Sent.First(m => m.Contains("\"type\":\"order-placed\"", StringComparison.Ordinal) && m.Contains(orderId, StringComparison.Ordinal));
        var document = body[..(body.LastIndexOf("} order-placed", StringComparison.Ordinal) + 1)];
        var at = document.IndexOf("\"$sealed\":\"1.", StringComparison.Ordinal) + "\"$sealed\":\"1.".Length;
        var changed = document[..at] + (document[at] == 'A' ? 'B' : 'A') + document[(at + 1)..];
        await using var client = shop.Runtime.Broker.CreateClient();
        await using var sender = client.CreateSender("ordering-events");
        await sender.SendMessageAsync(new ServiceBusMessage(changed)
        {
            MessageId = Guid.NewGuid().ToString(),
            Subject = "order-placed",
            SessionId = $"ordering-{orderId}",
            CorrelationId = "changed",
        });
        await Eventually.HoldsAsync(() => Task.FromResult(Subscriptions.DeadOf(shop.Runtime) > 0 && Subscriptions.PendingOf(shop.Runtime) == 0), "the message is dead-lettered");
    }

    private static async Task ArchiveAsync(RunningShop shop, string orderId)
    {
        using var answer = await shop.Http.PostAsJsonAsync(
            new Uri($"api/admin/streams/ordering-{orderId}/archive", UriKind.Relative), new { throughVersion = 2, reason = "It is old.", keepCopy = true });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<JsonElement> EraseAsync(RunningShop shop, string customer) =>
        PostAsync(shop, $"api/admin/customers/{customer}/erase", new { reason = "request 17" });

    private static async Task<JsonElement> PostAsync(RunningShop shop, string path, object? body = null)
    {
        using var answer = await shop.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task AssertEveryReadIsErasedAsync(RunningShop shop, string customer, string delivered, string cancelled)
    {
        foreach (var path in new[]
        {
            $"api/orders/{delivered}", $"api/orders/{delivered}?version=1", $"api/orders/{delivered}?asOf=2100-01-01T00:00:00Z",
            $"api/orders/{cancelled}", $"api/orders/{cancelled}?version=2",
            $"api/admin/streams/ordering-{delivered}/events", $"api/admin/streams/shipping-{delivered}/events",
            $"api/admin/streams/ordering-{cancelled}/events",
            "api/admin/events?type=order-placed&type=order-cancelled&type=shipment-created",
        })
        {
            var text = await GetAsync(shop, path);
            Assert.Contains("[erased]", text, StringComparison.Ordinal);
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
        foreach (var path in new[]
        {
            $"api/orders/{delivered}/timeline", $"api/customers/{customer}/orders", "api/admin/parked", "api/admin/export",
        })
        {
            var text = await GetAsync(shop, path);
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    private static async Task AssertTheAccountIsErasedAsync(RunningShop shop, string customer)
    {
        await ProfileSaysAsync(shop, customer, "Erased");
        await Eventually.HoldsAsync(() => Task.FromResult(Subscriptions.PendingOf(shop.Runtime) == 0), "whoever follows the account knows of its end");
        var events = await GetAsync(shop, $"api/admin/streams/customers-{customer}/events");
        Assert.Contains("[erased]", events, StringComparison.Ordinal);
        Assert.Contains("customer-erased", events, StringComparison.Ordinal);
        var list = await GetAsync(shop, "api/admin/customers?status=Erased");
        Assert.Contains(customer, list, StringComparison.Ordinal);
        using var marketing = await shop.Http.GetAsync(new Uri($"api/marketing/profiles/{customer}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, marketing.StatusCode);
        string[] texts =
        [
            events, list, await marketing.Content.ReadAsStringAsync(), await MailsAsync(shop), await GetAsync(shop, $"api/customers/{customer}"),
            await GetAsync(shop, $"api/customers/{customer}/notifications"), await GetAsync(shop, $"api/admin/audit?stream=customers-{customer}"),
        ];
        Assert.All(texts, text => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    private static async Task AssertNothingInClearAsync(RunningShop shop, TappedPublisher published)
    {
        var places = await StorageSearch.ReadAsync(shop, published);
        Assert.All(places, place => Assert.All(
            Secrets,
            secret => Assert.False(
                place.Value.Any(text => text.Contains(secret, StringComparison.Ordinal)),
                $"'{secret}' is in {place.Key}: {place.Value.FirstOrDefault(t => t.Contains(secret, StringComparison.Ordinal))}")));

        // A search of nothing would find nothing. Webhooks there are none.
        Assert.Empty(places.Where(p => p.Value.Count == 0 && !p.Key.StartsWith("webhook", StringComparison.Ordinal)).Select(p => p.Key));
        Assert.All(["events", "archive", "views", "published messages", "dead letters", "broker", "orchestrations' history"],
            place => Assert.Contains(places[place], text => text.Contains("$sealed", StringComparison.Ordinal) || place == "views"));
    }

    private static async Task<string> GetAsync(RunningShop shop, string path)
    {
        using var answer = await shop.Http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }
}
