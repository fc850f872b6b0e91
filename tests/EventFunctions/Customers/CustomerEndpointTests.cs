using EventFunctions.Customers;
using EventFunctions.Customers.Addresses;
using EventFunctions.Customers.Api;
using EventFunctions.Customers.Views;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace EventFunctions.Tests.Customers;

public sealed class CustomerEndpointTests : IAsyncDisposable
{
    private const string Body = """{"name":"Ada","email":"ada@example.com","phone":"+4930123456","preferences":{"language":"de-AT","marketingConsent":true}}""";
    private readonly OnboardingWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_customer_registers_and_is_told_where_the_account_is_and_nothing_personal()
    {
        var call = await RegisterAsync(Body, "key-1");

        var id = call.Json.GetProperty("customerId").GetString()!;
        Assert.Equal((201, $"/api/customers/{id}", "\"1\""), (call.Response.StatusCode, call.Response.Headers.Location.ToString(), call.Response.Headers.ETag.ToString()));
        Assert.Equal($$"""{"customerId":"{{id}}","status":"Registered","version":1}""", call.Json.GetRawText());
        var registered = Assert.IsType<CustomerRegistered>(Assert.Single(await EventsAsync(id)).Data);
        Assert.Equal(("Ada", "ada@example.com", "+4930123456"), (registered.Name.Value, registered.Email.Value, registered.Phone!.Value));
        Assert.Equal(new CustomerPreferences(new LanguageTag("de-AT"), true, new ContactChannels(true, false)), registered.Preferences);
    }

    [Fact]
    public async Task The_same_registration_again_is_the_same_account_also_after_it_was_opened_and_another_under_its_key_is_refused()
    {
        var first = await RegisterAsync(Body, "key-1");
        var id = first.Json.GetProperty("customerId").GetString()!;
        await ActivateAsync(id, 1);

        var again = await RegisterAsync(Body, "key-1");
        var other = await RegisterAsync(Body.Replace("Ada", "Bob", StringComparison.Ordinal), "key-1");

        Assert.Equal(first.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal((422, "idempotency-key-reused"), CodeOf(other));
        Assert.Equal(2, (await EventsAsync(id)).Count);
    }

    [Fact]
    public async Task Ten_registrations_of_one_address_at_once_open_one_account()
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => RegisterAsync(Body, $"key-{n}"))));

        Assert.Single(calls, c => c.Response.StatusCode == 201);
        Assert.Equal(9, calls.Count(c => CodeOf(c) == (422, CustomerProblems.EmailTaken)));
    }

    [Fact]
    public async Task Everything_wrong_with_a_registration_is_told_at_once()
    {
        var call = await RegisterAsync("""{"email":"nonsense","phone":"030","preferences":{"language":"German"}}""", "key-1");

        Assert.Equal(400, call.Response.StatusCode);
        Assert.Equal(
            ["email", "name", "phone", "preferences.language"],
            call.Json.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task A_token_opens_the_account_once_and_none_else_does()
    {
        var id = await OpenAsync();

        Assert.Equal(200, (await ActivateAsync(id, 1)).Response.StatusCode);
        Assert.Equal((422, "verification-superseded"), CodeOf(await ActivateAsync(id, 2)));
        Assert.Equal((422, CustomerProblems.TokenInvalid), CodeOf(await PostAsync<ActivateCustomerEndpoint>("""{"token":"1.AAAA"}""", (e, r) => e.RunAsync(r, id, default))));
        Assert.Equal(2, (await EventsAsync(id)).Count);
    }

    [Fact]
    public async Task An_account_is_changed_at_the_version_that_its_customer_saw_and_at_no_other()
    {
        var id = await OpenAsync();
        const string Change = """{"name":"Ada Byron"}""";

        var stale = await PostAsync<UpdateCustomerEndpoint>(Change, (e, r) => e.RunAsync(r, id, default), ("If-Match", "\"1\""));
        var done = await PostAsync<UpdateCustomerEndpoint>(Change, (e, r) => e.RunAsync(r, id, default), ("If-Match", "\"2\""));

        Assert.Equal((412, "stale-version"), CodeOf(stale));
        Assert.Equal((200, "\"3\""), (done.Response.StatusCode, done.Response.Headers.ETag.ToString()));
        Assert.Equal(new CustomerUpdated(new CustomerId(id), new PersonName("Ada Byron")), (await EventsAsync(id))[^1].Data);
    }

    [Fact]
    public async Task An_address_of_another_account_is_refused_and_a_free_one_waits_for_its_proof()
    {
        var bob = await RegisterAsync(Body.Replace("ada@example.com", "bob@example.com", StringComparison.Ordinal), "bob");
        var id = await OpenAsync();

        var taken = await PostAsync<ChangeCustomerEmailEndpoint>("""{"email":"BOB@example.com"}""", (e, r) => e.RunAsync(r, id, default));
        var free = await PostAsync<ChangeCustomerEmailEndpoint>("""{"email":"ada@example.org"}""", (e, r) => e.RunAsync(r, id, default));

        Assert.Equal(201, bob.Response.StatusCode);
        Assert.Equal((422, CustomerProblems.EmailTaken), CodeOf(taken));
        Assert.True(free.Json.GetProperty("hasUnverifiedAddress").GetBoolean());
        Assert.False((await ActivateAsync(id, 2)).Json.GetProperty("hasUnverifiedAddress").GetBoolean());
        Assert.Equal("customer-email-confirmed", (await EventsAsync(id))[^1].Type);
    }

    [Fact]
    public async Task Preferences_tiers_sessions_and_the_end_of_an_account_are_recorded()
    {
        var id = await OpenAsync();
        const string Session = """{"sessionId":"s-1","occurredAt":"2026-01-01T11:00:00+01:00"}""";

        await PostAsync<UpdateCustomerPreferencesEndpoint>("""{"language":"en","channels":{"sms":true}}""", (e, r) => e.RunAsync(r, id, default));
        await PostAsync<PromoteCustomerEndpoint>("""{"tier":"Gold"}""", (e, r) => e.RunAsync(r, id, default));
        await PostAsync<RecordCustomerLoginEndpoint>(Session, (e, r) => e.RunAsync(r, id, default));
        await PostAsync<RecordCustomerLoginEndpoint>(Session, (e, r) => e.RunAsync(r, id, default));
        await PostAsync<RecordCustomerLogoutEndpoint>(Session, (e, r) => e.RunAsync(r, id, default));
        var closed = await PostAsync<DeactivateCustomerEndpoint>(null, (e, r) => e.RunAsync(r, id, default));
        var login = await PostAsync<RecordCustomerLoginEndpoint>(Session, (e, r) => e.RunAsync(r, id, default));
        var opened = await PostAsync<ReactivateCustomerEndpoint>(null, (e, r) => e.RunAsync(r, id, default));
        var lower = await PostAsync<PromoteCustomerEndpoint>("""{"tier":"Silver"}""", (e, r) => e.RunAsync(r, id, default));

        Assert.Equal(
            ["customer-registered", "customer-activated", "customer-preferences-updated", "customer-promoted", "customer-logged-in", "customer-logged-out", "customer-deactivated", "customer-activated"],
            (await EventsAsync(id)).Select(e => e.Type));
        Assert.Equal("Deactivated", closed.Json.GetProperty("status").GetString());
        Assert.Equal((422, "customer-deactivated"), CodeOf(login));
        Assert.Equal("Active", opened.Json.GetProperty("status").GetString());
        Assert.Equal((422, "customer-tier-not-higher"), CodeOf(lower));
    }

    [Fact]
    public async Task Of_an_account_that_is_not_there_every_request_says_so()
    {
        Assert.Equal((404, "customer-not-found"), CodeOf(await PostAsync<DeactivateCustomerEndpoint>(null, (e, r) => e.RunAsync(r, "nobody", default))));
        Assert.Equal((404, "customer-not-found"), CodeOf(await PostAsync<ChangeCustomerEmailEndpoint>("""{"email":"a@example.com"}""", (e, r) => e.RunAsync(r, "nobody", default))));
        Assert.Equal((404, "customer-not-found"), CodeOf(await PostAsync<UpdateCustomerEndpoint>("""{"name":"A"}""", (e, r) => e.RunAsync(r, "no body", default))));
        Assert.Equal((404, "customer-not-found"), CodeOf(await PostAsync<GetCustomerEndpoint>(null, (e, r) => e.RunAsync(r, "nobody", default))));
    }

    [Fact]
    public async Task The_profile_shows_the_account_and_what_the_orders_add_up_to()
    {
        var id = await OpenAsync();
        await ProjectAsync(id);

        var call = await PostAsync<GetCustomerEndpoint>(null, (e, r) => e.RunAsync(r, id, default));

        Assert.Equal((200, "\"2\""), (call.Response.StatusCode, call.Response.Headers.ETag.ToString()));
        var account = call.Json.GetProperty("account");
        Assert.Equal(("Active", "ada@example.com", "Ada"), (account.GetProperty("status").GetString(), account.GetProperty("email").GetString(), account.GetProperty("name").GetString()));
        Assert.False(account.TryGetProperty("pendingEmail", out _));
        Assert.Equal(3, call.Json.GetProperty("orders").GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task Operators_list_accounts_by_status_and_tier_page_by_page()
    {
        var ids = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            ids.Add((await RegisterAsync(Body.Replace("ada@", $"ada{n}@", StringComparison.Ordinal), $"key-{n}")).Json.GetProperty("customerId").GetString()!);
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await ActivateAsync(ids[1], 1);
        await PostAsync<PromoteCustomerEndpoint>("""{"tier":"Gold"}""", (e, r) => e.RunAsync(r, ids[3], default));
        foreach (var id in ids)
        {
            await ProjectAsync(id);
        }

        Assert.Equal(Enumerable.Reverse(ids), await ListAsync("?pageSize=2"));
        Assert.Equal([ids[1]], await ListAsync("?status=Active&pageSize=1"));
        Assert.Equal([ids[3]], await ListAsync("?tier=Gold"));
        Assert.Empty(await ListAsync("?tier=Gold&status=Active"));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Guests_and_open_accounts_may_order_and_closed_ones_may_not(bool isClosed, bool mayOrder)
    {
        var id = await OpenAsync();
        var standing = _world.Saga.Get<EventFunctions.Ordering.ICustomerStanding>();
        Assert.True(await standing.MayOrderAsync(new CustomerId("guest"), null, CancellationToken.None));
        if (isClosed)
        {
            await PostAsync<DeactivateCustomerEndpoint>(null, (e, r) => e.RunAsync(r, id, default));
        }

        Assert.Equal(mayOrder, await standing.MayOrderAsync(new CustomerId(id), null, CancellationToken.None));
    }

    private static (int Status, string? Code) CodeOf(HttpCall call) =>
        (call.Response.StatusCode, call.Json.TryGetProperty("code", out var code) ? code.GetString() : null);

    private async Task<string> OpenAsync()
    {
        var id = (await RegisterAsync(Body, "ada")).Json.GetProperty("customerId").GetString()!;
        await ActivateAsync(id, 1);
        return id;
    }

    private Task<HttpCall> RegisterAsync(string body, string key) =>
        PostAsync<RegisterCustomerEndpoint>(body, (e, r) => e.RunAsync(r, default), (IdempotencyKey.Header, key));

    private Task<HttpCall> ActivateAsync(string id, int addressVersion)
    {
        var token = _world.Saga.Get<VerificationTokens>().Create(new CustomerId(id), addressVersion, tenant: null);
        return PostAsync<ActivateCustomerEndpoint>($$"""{"token":"{{token}}"}""", (e, r) => e.RunAsync(r, id, default));
    }

    private async Task<HttpCall> PostAsync<TEndpoint>(
        string? body, Func<TEndpoint, HttpRequest, Task<IResult>> endpoint, params (string Name, string Value)[] headers)
    {
        await using var scope = _world.Saga.Services.CreateAsyncScope();
        var totals = new Mock<ICustomerTotals>();
        totals.Setup(t => t.OfAsync(It.IsAny<CustomerId>(), null, It.IsAny<CancellationToken>())).ReturnsAsync(new CustomerTotals(3, 1, CurrencyAmounts.None, null));
        var arguments = typeof(TEndpoint) == typeof(GetCustomerEndpoint) ? new object[] { totals.Object } : [];
        var function = ActivatorUtilities.CreateInstance<TEndpoint>(scope.ServiceProvider, arguments);
        return await new HttpCall(body, headers).AnswerAsync(r => endpoint(function, r));
    }

    /// <summary>What the subscriptions of the projections do.</summary>
    private async Task ProjectAsync(string id)
    {
        foreach (var envelope in await EventsAsync(id))
        {
            await _world.Saga.Get<LiveProjections>().HandleAsync(CustomerViewProjection.Kind, envelope);
            await _world.Saga.Get<LiveProjections>().HandleAsync(CustomerListProjection.Kind, envelope);
        }
    }

    /// <summary>All pages.</summary>
    private async Task<IReadOnlyList<string>> ListAsync(string query)
    {
        var ids = new List<string>();
        string? continuation = null;
        do
        {
            var next = continuation is null ? query : $"{query}&continuation={Uri.EscapeDataString(continuation)}";
            var page = await PostAsync<ListCustomersEndpoint>(null, (e, r) =>
            {
                r.QueryString = new QueryString(next);
                return e.RunAsync(r, default);
            });
            Assert.Equal(200, page.Response.StatusCode);
            ids.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("customerId").GetString()!));
            continuation = page.Json.TryGetProperty("continuation", out var more) ? more.GetString() : null;
        }
        while (continuation is not null);

        return ids;
    }

    private Task<IReadOnlyList<EventEnvelope>> EventsAsync(string id) => _world.Saga.EventsAsync(Customer.StreamOf(new CustomerId(id)));
}
