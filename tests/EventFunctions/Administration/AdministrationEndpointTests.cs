using System.Text;
using EventFunctions.Administration;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Tests.Http;

namespace EventFunctions.Tests.Administration;

/// <summary>What operators are answered.</summary>
public sealed class AdministrationEndpointTests
{
    private static readonly EventTypeRegistry Registry = EventTypeRegistry.FromAssemblies(typeof(StockItem).Assembly);
    private static readonly EventSerializer Serializer = new(Registry);

    private readonly Store _store = new();

    [Fact]
    public async Task A_stream_is_archived_and_the_answer_says_what_stands_in_its_place()
    {
        var stream = await _store.FillAsync("cup", 5);

        var call = await ArchiveAsync(stream.Value, """{"throughVersion":3,"reason":" the year is over "}""");

        Assert.Equal(200, call.Response.StatusCode);
        Assert.Equal(
            (3, 1, 3, true, "the year is over", "unknown"),
            (call.Json.GetProperty("throughVersion").GetInt32(), call.Json.GetProperty("keptFromVersion").GetInt32(), call.Json.GetProperty("deleted").GetInt32(),
                call.Json.GetProperty("done").GetBoolean(), call.Json.GetProperty("reason").GetString(), call.Json.GetProperty("by").GetString()));
        Assert.Equal(64, call.Json.GetProperty("checksum").GetString()!.Length);
    }

    [Theory]
    [InlineData("inventory-none", """{"reason":"r"}""", 404, "stream-not-found")]
    [InlineData("no name", """{"reason":"r"}""", 404, "stream-not-found")]
    [InlineData("inventory-cup", """{"reason":"r","throughVersion":6}""", 422, "beyond-snapshot")]
    [InlineData("inventory-cup", """{"reason":"  "}""", 400, "validation-failed")]
    [InlineData("inventory-cup", """{}""", 400, "validation-failed")]
    [InlineData("inventory-cup", """{"reason":"r","throughVersion":0}""", 400, "validation-failed")]
    [InlineData("inventory-cup", "", 400, "malformed-json")]
    public async Task What_cannot_be_archived_is_told_and_left(string stream, string body, int status, string code)
    {
        var filled = await _store.FillAsync("cup", 5);

        var call = await ArchiveAsync(stream, body);

        Assert.Equal((status, code), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Equal(5, (await _store.Items.ReadAsync(filled, 1, 100)).Count);
    }

    [Fact]
    public async Task An_export_is_lines_of_JSON_that_an_import_takes()
    {
        var stream = await _store.FillAsync("cup", 5);
        var export = await ExportAsync("?stream=inventory-cup");
        var target = new Store();

        var import = await ImportAsync(target, export.Text);

        Assert.Equal((200, "application/x-ndjson"), (export.Call.Response.StatusCode, export.Call.Response.ContentType));
        Assert.Equal(200, import.Response.StatusCode);
        Assert.Equal((5, 5, 0, 0), (Number("read"), Number("written"), Number("skipped"), Number("refused")));
        Assert.Equal(5, (await target.Items.ReadAsync(stream, 1, 100)).Count);

        int Number(string name) => import.Json.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("?stream=inventory-none", 404, "stream-not-found")]
    [InlineData("?stream=no%20name", 404, "stream-not-found")]
    [InlineData("?continuation=nonsense", 400, "validation-failed")]
    public async Task What_cannot_be_exported_is_told(string query, int status, string code)
    {
        var (call, _) = await ExportAsync(query);

        Assert.Equal((status, code), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_damaged_stream_is_not_exported_half()
    {
        var stream = await _store.FillAsync("cup", 5);
        await _store.Items.DeleteAsync(stream, 2);

        var (call, _) = await ExportAsync(string.Empty);

        Assert.Equal((409, "stream-damaged"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.Contains("version 1", call.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_import_is_refused_with_the_line_and_writes_nothing()
    {
        var stream = await _store.FillAsync("cup", 5);
        var text = (await ExportAsync(string.Empty)).Text;
        var target = new Store();

        var call = await ImportAsync(target, text.Replace("\"quantity\":3", "\"quantity\":4", StringComparison.Ordinal));

        Assert.Equal((422, "import-damaged"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
        Assert.StartsWith("Line 4:", call.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await target.Items.ReadAsync(stream, 1, 100));
        Assert.Equal(413, (await ImportAsync(target, new string(' ', ImportEndpoint.MaxBytes + 1))).Response.StatusCode);
        Assert.Equal(415, (await ImportAsync(target, text, "application/json")).Response.StatusCode);
    }

    [Fact]
    public async Task A_verification_tells_findings_and_refuses_a_continuation_of_its_own_making()
    {
        var stream = await _store.FillAsync("cup", 5);
        await _store.FillAsync("plate", 2);
        await _store.Items.DeleteAsync(stream, 2);

        var first = await VerifyAsync("?pageSize=1");
        var second = await VerifyAsync($"?pageSize=1&continuation={first.Json.GetProperty("continuation").GetString()}");

        var finding = Assert.Single(first.Json.GetProperty("findings").EnumerateArray());
        Assert.Equal(("gap", "inventory-cup", 1), (finding.GetProperty("code").GetString(), finding.GetProperty("stream").GetString(), finding.GetProperty("version").GetInt32()));
        Assert.Empty(second.Json.GetProperty("findings").EnumerateArray());
        Assert.False(second.Json.TryGetProperty("continuation", out _));
        Assert.Equal(400, (await VerifyAsync("?continuation=nonsense")).Response.StatusCode);
        Assert.Equal(400, (await VerifyAsync("?pageSize=0")).Response.StatusCode);
        Assert.Equal(400, (await VerifyAsync("?pageSize=101")).Response.StatusCode);
    }

    private Task<HttpCall> ArchiveAsync(string stream, string body) => new HttpCall(body).AnswerAsync(
        r => new ArchiveStreamEndpoint(_store.Archiver, new ArchiveStreamValidator(), new RequestMetadata()).RunAsync(r, stream, CancellationToken.None));

    private async Task<(HttpCall Call, string Text)> ExportAsync(string query)
    {
        var call = new HttpCall();
        call.Request.QueryString = new(query);
        await call.AnswerAsync(r => new ExportEndpoint(_store.Exporter, _store.Events).RunAsync(r, CancellationToken.None));
        call.Response.Body.Position = 0;
        return (call, await new StreamReader(call.Response.Body, Encoding.UTF8).ReadToEndAsync());
    }

    private static Task<HttpCall> ImportAsync(Store target, string body, string contentType = NdjsonResult.ContentType) =>
        new HttpCall(body, ("Content-Type", contentType)).AnswerAsync(r => new ImportEndpoint(target.Importer).RunAsync(r, CancellationToken.None));

    private Task<HttpCall> VerifyAsync(string query)
    {
        var call = new HttpCall();
        call.Request.QueryString = new(query);
        return call.AnswerAsync(r => new VerifyEndpoint(_store.Verifier).RunAsync(r, CancellationToken.None));
    }

    /// <summary>A store in memory with all that administers it.</summary>
    private sealed class Store
    {
        private readonly InMemoryEventArchive _archive;
        private readonly InMemoryTombstones _tombstones;
        private readonly ISnapshotCheck[] _checks = [new SnapshotCheck<StockItem, StockItemEvent>()];

        public Store()
        {
            Events = new InMemoryEventStore(Serializer);
            Items = new InMemoryStreamItems(Events);
            _archive = new InMemoryEventArchive(Events);
            _tombstones = new InMemoryTombstones(Events);
        }

        public InMemoryEventStore Events { get; }

        public InMemoryStreamItems Items { get; }

        public StreamArchiver Archiver => new(Events, Items, _archive, _tombstones, _checks, new ArchiveOptions(), TimeProvider.System);

        public StoreExporter Exporter => new(new InMemoryStreamDirectory(Events), Events, History, _tombstones, TimeProvider.System);

        public StoreImporter Importer => new(Events, Items, _tombstones, History, Serializer, new EventValidator(Registry));

        public StoreVerifier Verifier => new(new InMemoryStreamDirectory(Events), Events, Items, _archive, _tombstones, Serializer, _checks);

        private StreamHistory History => new(Items, _archive, _tombstones);

        /// <summary>A stream of so many replenishments, of 1, 2, 3 … pieces.</summary>
        public async Task<StreamName> FillAsync(string product, int events)
        {
            var id = ProductId.TryCreate(product, out var created) ? created : throw new ArgumentException(product, nameof(product));
            var repository = new AggregateRepository<StockItem, StockItemEvent>(Events, Registry, new AggregateRepositoryOptions(), TimeProvider.System);
            for (var i = 1; i <= events; i++)
            {
                var quantity = Quantity.TryCreate(i, out var pieces) ? pieces : throw new ArgumentOutOfRangeException(nameof(events));
                await repository.ExecuteAsync(
                    StockItem.StreamOf(id),
                    new CommandContext(new EventMetadata(Guid.NewGuid(), "correlation")),
                    _ => Decision<StockItemEvent>.Accept(new StockReplenished(id, quantity, 0)));
            }

            return StockItem.StreamOf(id);
        }
    }
}
