using System.Net;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// The system key of the extension, by the page "HTTP API reference", "systemKey"
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#base-url).
/// </summary>
public sealed class KeyTests
{
    private const string Key = "a key/with+signs";

    public static TheoryData<string, string> Everything => new()
    {
        { "GET", "instances" },
        { "GET", "instances/e" },
        { "DELETE", "instances" },
        { "DELETE", "instances/e" },
        { "POST", "orchestrators/Echoes" },
        { "POST", "instances/e/raiseEvent/go" },
        { "POST", "instances/e/terminate" },
        { "POST", "instances/e/suspend" },
        { "POST", "instances/e/resume" },
        { "POST", "instances/e/rewind" },
        { "POST", "instances/e/restart" },
        { "POST", "makeprimary" },
        { "GET", "entities/Counter/1" },
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Whoever_has_no_key_is_answered_401(string verb, string path)
    {
        await using var app = await ManagedApp.StartAsync(key: Key);

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(app, verb, path, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(app, verb, path + "?code=another", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(app, verb, path, "another"));
        Assert.Equal(0, app.Engine.Counts.Instances);
    }

    [Fact]
    public async Task The_key_may_be_in_the_query_or_in_the_header()
    {
        await using var app = await ManagedApp.StartAsync(key: Key);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, "GET", "instances?code=" + Uri.EscapeDataString(Key), null));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, "GET", "instances", Key));
    }

    [Fact]
    public async Task The_addresses_of_an_instance_carry_the_key()
    {
        await using var app = await ManagedApp.StartAsync(key: Key);
        var payload = app.Client.CreateHttpManagementPayload("e");

        using var started = await app.Http.PostAsync($"{ManagedApp.Base}/orchestrators/Echoes/e?code={Uri.EscapeDataString(Key)}", null);
        await app.EndAsync("e");

        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(started.Headers.Location)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(payload.StatusQueryGetUri)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await app.Http.PostAsync(payload.TerminatePostUri, null)).StatusCode);
    }

    [Fact]
    public async Task Without_a_key_everybody_is_let_in()
    {
        await using var app = await ManagedApp.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, "GET", "instances", null));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(app, "GET", "instances?code=whatever", null));
    }

    private static async Task<HttpStatusCode> SendAsync(ManagedApp app, string verb, string path, string? header)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), $"{ManagedApp.Base}/{path}");
        if (header is not null)
        {
            request.Headers.Add("x-functions-key", header);
        }

        using var response = await app.Http.SendAsync(request);
        return response.StatusCode;
    }
}
