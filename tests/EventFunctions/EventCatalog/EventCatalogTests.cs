using System.Text;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventCatalog;
using EventFunctions.EventSourcing;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Tests.EventCatalog;

public sealed class EventCatalogTests
{
    private static readonly EventTypeRegistry Registry = EventTypeRegistry.FromAssemblies(typeof(Order).Assembly);

    private readonly PublishedFiles _files = new();

    [Fact]
    public async Task The_catalogue_has_every_version_of_every_event()
    {
        var call = await AnswerAsync(r => new GetEventCatalogEndpoint(_files).Run(r));

        Assert.Equal((200, "application/json"), (call.Response.StatusCode, call.Response.ContentType));
        var listed = call.Json.GetProperty("events").EnumerateArray().SelectMany(
            e => e.GetProperty("versions").EnumerateArray().Select(v => (e.GetProperty("name").GetString()!, v.GetProperty("version").GetInt32())));
        Assert.Equal(Registry.Versions.Select(v => (v.Name, v.SchemaVersion)), listed.Order());
    }

    [Fact]
    public async Task The_messages_are_described_as_async_api()
    {
        var call = await AnswerAsync(r => new GetAsyncApiEndpoint(_files).Run(r));

        Assert.Equal((200, "application/vnd.aai.asyncapi+json;version=3.0.0"), (call.Response.StatusCode, call.Response.ContentType));
        Assert.Equal("3.0.0", call.Json.GetProperty("asyncapi").GetString());
    }

    [Fact]
    public async Task Every_version_has_its_schema()
    {
        foreach (var version in Registry.Versions)
        {
            var call = await SchemaAsync(version.Name, version.SchemaVersion.ToString());

            Assert.Equal((200, "application/schema+json"), (call.Response.StatusCode, call.Response.ContentType));
            Assert.Equal($"urn:eventfunctions:events:{version.Name}:{version.SchemaVersion}", call.Json.GetProperty("$id").GetString());
        }
    }

    [Theory]
    [InlineData("order-placed", "3")]
    [InlineData("order-placed", "0")]
    [InlineData("order-placed", "-1")]
    [InlineData("order-placed", "newest")]
    [InlineData("order-placed", "99999999999")]
    [InlineData("order-lost", "1")]
    [InlineData("../order-placed", "1")]
    [InlineData("", "1")]
    public async Task A_version_that_there_is_not_is_404(string name, string version)
    {
        var call = await SchemaAsync(name, version);

        Assert.Equal((404, "event-schema-not-found"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Who_has_the_file_already_is_told_so()
    {
        var first = await SchemaAsync("order-paid", "1");
        var tag = first.Response.Headers.ETag.ToString();

        foreach (var known in new[] { tag, "W/" + tag, "\"other\", " + tag, "*" })
        {
            var again = await SchemaAsync("order-paid", "1", ("If-None-Match", known));
            Assert.Equal((304, 0, tag), (again.Response.StatusCode, again.Response.Body.Length, again.Response.Headers.ETag.ToString()));
        }

        foreach (var unknown in new[] { "\"other\"", "no tag" })
        {
            var again = await SchemaAsync("order-paid", "1", ("If-None-Match", unknown));
            Assert.Equal((200, first.Json.GetRawText()), (again.Response.StatusCode, again.Json.GetRawText()));
        }

        Assert.NotEqual(tag, (await SchemaAsync("order-shipped", "1")).Response.Headers.ETag.ToString());
        Assert.Equal("no-cache", first.Response.Headers.CacheControl.ToString());
    }

    [Fact]
    public async Task What_is_served_is_the_reviewed_file()
    {
        var call = await SchemaAsync("order-placed", "2");

        var file = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs/events/schemas/order-placed.v2.json"));
        Assert.Equal(file.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(((MemoryStream)call.Response.Body).ToArray()).ReplaceLineEndings("\n"));
        Assert.Equal(call.Response.Body.Length, call.Response.ContentLength);
    }

    private static Task<HttpCall> AnswerAsync(Func<HttpRequest, IResult> endpoint, params (string, string)[] headers) =>
        new HttpCall(body: null, headers).AnswerAsync(r => Task.FromResult(endpoint(r)));

    private Task<HttpCall> SchemaAsync(string name, string version, params (string, string)[] headers) =>
        AnswerAsync(r => new GetEventSchemaEndpoint(_files).Run(r, name, version), headers);
}
