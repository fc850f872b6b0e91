using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests.Running;

/// <summary>A receiver of the sandbox that is registered as a webhook, verified, and given its secret.</summary>
/// <param name="Shop">The shop.</param>
/// <param name="Name">The receiver's name.</param>
/// <param name="Id">The webhook's id.</param>
internal sealed record Outsider(RunningShop Shop, string Name, string Id)
{
    private string Webhook => $"api/admin/webhooks/{Id}";

    public static async Task<Outsider> RegisterAsync(RunningShop shop, params string[] eventTypes)
    {
        var name = Orders.Unique("receiver");
        var url = new Uri(shop.Runtime.SandboxAddress, $"receivers/{name}");
        var registered = await ReadAsync(await shop.Http.PostAsJsonAsync("api/admin/webhooks", new { url, eventTypes }), 201);
        var outsider = new Outsider(shop, name, registered.GetProperty("webhook").GetProperty("id").GetString()!);
        await outsider.BehaveAsync(failures: 0, registered.GetProperty("secret").GetString());
        var verified = await ReadAsync(await shop.Http.PostAsync(Relative($"{outsider.Webhook}/verify"), null), 200);
        Assert.Equal("Enabled", verified.GetProperty("state").GetString());
        return outsider;
    }

    /// <summary>Has the next posts fail.</summary>
    public async Task BehaveAsync(int failures, string? secret = null)
    {
        using var answer = await Shop.Sandbox.PutAsJsonAsync($"receivers/{Name}", new { secret, failures, failWith = 503 });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What came of an order.</summary>
    public async Task<IReadOnlyList<OutsidersPost>> PostsOfAsync(string order)
    {
        var posts = (await Shop.Sandbox.GetFromJsonAsync<JsonElement>($"receivers/{Name}")).GetProperty("posts").EnumerateArray();
        return [.. posts.Select(OutsidersPost.Of).Where(p => p.OrderId == order)];
    }

    /// <summary>Waits until so many posts of an order came.</summary>
    public Task<IReadOnlyList<OutsidersPost>> WaitForAsync(string order, int posts) => Eventually.FindsAsync(
        async () => await PostsOfAsync(order) is { } came && came.Count >= posts ? came : null, $"{posts} posts about order {order} came");

    /// <summary>The log of deliveries as the shop shows it, one page of it.</summary>
    public async Task<IReadOnlyList<JsonElement>> DeliveriesAsync() =>
        [.. (await Shop.Http.GetFromJsonAsync<JsonElement>($"{Webhook}/deliveries?pageSize=100")).GetProperty("items").EnumerateArray()];

    public async Task RedeliverAsync(string delivery) =>
        await ReadAsync(await Shop.Http.PostAsync(Relative($"{Webhook}/deliveries/{delivery}/redeliver"), null), 202);

    public async Task DeleteAsync()
    {
        using var answer = await Shop.Http.DeleteAsync(Relative(Webhook));
        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, int status)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {body}");
            return JsonDocument.Parse(body).RootElement;
        }
    }
}

/// <summary>A post as the sandbox's receiver keeps it.</summary>
internal sealed record OutsidersPost(string Id, bool IsSigned, int Status, string Type, string EventId, string? OrderId)
{
    public static OutsidersPost Of(JsonElement post)
    {
        using var body = JsonDocument.Parse(post.GetProperty("body").GetString()!);
        return new OutsidersPost(
            post.GetProperty("id").GetString()!,
            post.GetProperty("isSigned").GetBoolean(),
            post.GetProperty("status").GetInt32(),
            post.GetProperty("type").GetString()!,
            body.RootElement.GetProperty("id").GetString()!,
            body.RootElement.GetProperty("data").TryGetProperty("orderId", out var order) ? order.GetString() : null);
    }
}
