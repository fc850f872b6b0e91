using System.Text.Json;
using EventFunctions.Customers.Addresses;
using EventFunctions.Customers.Api;
using EventFunctions.Domain;

namespace EventFunctions.Tests.Delivery;

/// <summary>A customer's account from its registration on, through every event that a function handles.</summary>
internal sealed class CustomerStory(ShopWorld world, DeliveryRun run)
{
    /// <summary>What the customer is told by the end of the test, the cancelled order included; the account is German.</summary>
    public static readonly string[] Mails =
    [
        "ada.byron@example.org: Bitte bestätigen Sie Ihre neue E-Mail-Adresse",
        "ada.byron@example.org: Ihre Bestellung ist storniert",
        "ada.byron@example.org: Wir haben Ihnen Ihr Geld erstattet",
        "ada.byron@example.org: Wir haben Ihre Bestellung erhalten",
        "ada@example.com: Bitte bestätigen Sie Ihre E-Mail-Adresse",
        "ada@example.com: Herzlichen Glückwunsch: Sie sind jetzt Gold",
        "ada@example.com: Ihr Konto ist offen",
        "ada@example.com: Ihr Konto soll eine andere E-Mail-Adresse bekommen",
    ];

    public async Task<CustomerId> PlayAsync()
    {
        var customer = await world.RegisterAsync(
            "ada", """{"name":"Ada","email":"ada@example.com","preferences":{"language":"de","marketingConsent":true}}""");
        await run.UntilQuietAsync();
        await ActivateAsync(customer, 1);
        await run.UntilQuietAsync();
        await world.AskAsync<PromoteCustomerEndpoint>(
            200, "gold", """{"tier":"Gold"}""", (e, r) => e.RunAsync(r, customer.Value, CancellationToken.None));
        await world.AskAsync<ChangeCustomerEmailEndpoint>(
            200, "new-address", """{"email":"ada.byron@example.org"}""", (e, r) => e.RunAsync(r, customer.Value, CancellationToken.None));
        await run.UntilQuietAsync();
        await ActivateAsync(customer, 2);
        await run.UntilQuietAsync();
        return customer;
    }

    private Task<JsonElement> ActivateAsync(CustomerId customer, int addressVersion)
    {
        var token = world.Saga.Get<VerificationTokens>().Create(customer, addressVersion, tenant: null);
        return world.AskAsync<ActivateCustomerEndpoint>(
            200, $"address-{addressVersion}", $$"""{"token":"{{token}}"}""", (e, r) => e.RunAsync(r, customer.Value, CancellationToken.None));
    }
}
