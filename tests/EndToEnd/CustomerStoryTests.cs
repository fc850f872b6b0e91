using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>A customer's account through the running app, by what its customer sees: answers and mails.</summary>
[Collection(SharedRuntime.Name)]
public sealed class CustomerStoryTests(RuntimeFixture fixture)
{
    private RunningShop Shop => fixture.Shop;

    [Fact]
    public async Task A_customer_registers_verifies_the_address_by_the_mail_orders_and_finds_everything_in_the_profile()
    {
        var address = $"{Orders.Unique("ada")}@example.com";
        var registered = await PostAsync("api/customers", new { name = "Ada", email = address });
        var customer = registered.GetProperty("customerId").GetString()!;
        var mail = Assert.Single(await MailsAsync(customer, count: 1));
        Assert.Equal(address, mail.GetProperty("to").GetString());

        var token = Uri.UnescapeDataString(mail.GetProperty("text").GetString()!.Split("&token=")[1].Split('\n')[0]);
        var activated = await PostAsync($"api/customers/{customer}/activate", new { token });
        Assert.Equal("Active", activated.GetProperty("status").GetString());

        var product = Orders.Unique("plate");
        await Shop.StockUpAsync(product, 5);
        Assert.Equal("Delivered", (await Shop.PlaceAndSettleAsync(Orders.Of(product, customer))).Status);

        var subjects = (await MailsAsync(customer, count: 5)).Select(m => m.GetProperty("subject").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "Please verify your e-mail address", "We have received your order", "Your account is open", "Your order has arrived",
                "Your order is on its way",
            ],
            subjects);
        var profile = await Eventually.FindsAsync(
            async () => await FindAsync($"api/customers/{customer}") is { } json && json.GetProperty("orders").GetProperty("orders").GetInt32() == 1
                && json.GetProperty("account").GetProperty("status").GetString() == "Active" ? new Box(json) : null,
            "the profile shows the account and the order");
        Assert.Equal(address, profile.Json.GetProperty("account").GetProperty("email").GetString());
        var told = await Eventually.FindsAsync(
            async () => await FindAsync($"api/customers/{customer}/notifications") is { } json && json.GetProperty("items").GetArrayLength() == 5 ? new Box(json) : null,
            "the customer's notifications are listed");
        Assert.DoesNotContain(address, told.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_belongs_to_one_account()
    {
        var address = $"{Orders.Unique("bob")}@example.com";
        await PostAsync("api/customers", new { name = "Bob", email = address });

        using var second = await Shop.Http.PostAsJsonAsync("api/customers", new { name = "Bob", email = address.ToUpperInvariant() });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Contains("email-taken", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Shop.Http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<JsonElement?> FindAsync(string path)
    {
        using var response = await Shop.Http.GetAsync(new Uri(path, UriKind.Relative));
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>() : null;
    }

    /// <summary>The mails to a customer, once there are so many.</summary>
    private async Task<IReadOnlyList<JsonElement>> MailsAsync(string customer, int count)
    {
        IReadOnlyList<JsonElement> mails = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                var body = await Shop.Sandbox.GetFromJsonAsync<JsonElement>($"mail/mails?reference={customer}");
                mails = [.. body.GetProperty("mails").EnumerateArray()];
                return mails.Count >= count;
            },
            $"{count} mails were sent");
        return mails;
    }

    private sealed record Box(JsonElement Json);
}
