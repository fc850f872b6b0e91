using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Administration;

/// <summary>What the administration answers that the clients hide.</summary>
public sealed class AdministrationTests : IAsyncLifetime, IDisposable
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly HttpClient _http = new();
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync();
        _http.BaseAddress = new Uri($"http://localhost:{_endpoint.AdministrationPort}/");
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Without_a_token_for_it_nothing_is_told()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync(new Uri("queue-1", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "queue-1", scope: "queue-2")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "queue-1", scope: "queue-1")).StatusCode);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("topic-1/Subscriptions/nobody")]
    [InlineData("topic-1/Subscriptions/all/Rules/none")]
    [InlineData("$Resources/relays")]
    public async Task What_is_not_there_is_not_found_and_named(string path)
    {
        var answer = await SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var error = XElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(("Error", "404"), (error.Name.LocalName, error.Element("Code")!.Value));
        Assert.Contains("could not be found", error.Element("Detail")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_lead_to_each_other()
    {
        var names = new List<string>();
        var path = "$Resources/queues?$skip=0&$top=40";
        for (var pages = 0; path is not null; pages++)
        {
            var feed = XElement.Parse(await (await SendAsync(HttpMethod.Get, path)).Content.ReadAsStringAsync());
            names.AddRange(feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "title")!.Value));
            path = feed.Elements(Atom + "link").FirstOrDefault(link => link.Attribute("rel")!.Value == "next")?.Attribute("href")!.Value;
            Assert.True(pages < 10);
        }

        Assert.Equal(91, names.Count);
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
    }

    [Fact]
    public async Task A_change_of_what_was_changed_since_is_refused()
    {
        var before = (await SendAsync(HttpMethod.Get, "queue-1")).Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("queue-1", "<MaxDeliveryCount>4</MaxDeliveryCount>", before)).StatusCode);

        var late = await PutAsync("queue-1", "<MaxDeliveryCount>5</MaxDeliveryCount>", before);

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Contains("<MaxDeliveryCount>4<", await (await SendAsync(HttpMethod.Get, "queue-1")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<MaxDeliveryCount>many</MaxDeliveryCount>", "MaxDeliveryCount is 'many'")]
    [InlineData("<LockDuration>PT1H</LockDuration>", "lock duration")]
    [InlineData("<LockDuration>soon</LockDuration>", "a duration such as PT1M")]
    [InlineData("<EnablePartitioning>true</EnablePartitioning>", "EnablePartitioning is not supported")]
    [InlineData("<Status>Asleep</Status>", "has to be a status")]
    [InlineData("<ForwardTo>nowhere</ForwardTo>", "nowhere")]
    public async Task A_description_that_is_of_no_use_is_refused_with_the_reason(string elements, string reason)
    {
        var answer = await PutAsync("fresh", elements);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, "fresh")).StatusCode);
    }

    [Theory]
    [InlineData("no xml")]
    [InlineData("<entry xmlns='http://www.w3.org/2005/Atom'/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><entry xmlns='http://www.w3.org/2005/Atom'>&a;</entry>")]
    public async Task A_body_that_is_no_entry_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Put, "fresh", body)).StatusCode);

    [Fact]
    public async Task A_method_that_is_not_for_it_is_refused() =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(HttpMethod.Post, "queue-1")).StatusCode);

    [Fact]
    public async Task Whether_it_is_there_is_told_without_a_token() =>
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri("health", UriKind.Relative))).StatusCode);

    private Task<HttpResponseMessage> PutAsync(string path, string elements, string? ifMatch = null) => SendAsync(
        HttpMethod.Put,
        path,
        $"""
        <entry xmlns="http://www.w3.org/2005/Atom"><content type="application/xml">
        <QueueDescription xmlns="http://schemas.microsoft.com/netservices/2010/10/servicebus/connect">{elements}</QueueDescription>
        </content></entry>
        """,
        ifMatch: ifMatch);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string scope = "", string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute));
        request.Headers.TryAddWithoutValidation("Authorization", TestTokens.Create($"http://localhost/{scope}", DateTimeOffset.UtcNow.AddHours(1)));
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(ifMatch));
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/atom+xml");
        return await _http.SendAsync(request);
    }
}
