using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Administration;

/// <summary>Events of another system have to keep the rules; what happened here is not refused for a rule that came later.</summary>
public sealed class ImportRulesTests
{
    private static readonly EventTypeRegistry Ruled = EventTypeRegistry.FromTypes(
        typeof(WalletEvent.Opened), typeof(WalletEvent.Added), typeof(WalletEvent.Taken), typeof(MoneyAddedV1Upcaster), typeof(NoDebt));

    private readonly StorePorts _ports = StorePorts.InMemory();
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task An_event_of_another_system_that_breaks_a_rule_is_refused_with_its_line_and_so_is_what_follows()
    {
        var chunk = await ForeignAsync(1, 2, -3, 4);

        var report = await ImportAsync(chunk);

        Assert.Equal((4, 2, 0, 2), (report.Read, report.Written, report.Skipped, report.Refused));
        Assert.Equal([4, 5], report.Problems.Select(p => p.Line));
        Assert.Contains("(no-debt)", report.Problems[0].Cause, StringComparison.Ordinal);
        Assert.Contains("line 4", report.Problems[1].Cause, StringComparison.Ordinal);
        Assert.Equal([1, 2], (await _ports.Store.EventsAsync(_stream)).Select(e => ((WalletEvent.Added)e.Data).Amount));
    }

    [Fact]
    public async Task A_backup_is_restored_whatever_rules_came_later()
    {
        var chunk = await ForeignAsync(1, 2, -3, 4);

        var report = await ImportAsync(chunk with { Header = chunk.Header with { Foreign = null } });

        Assert.Equal((4, 4, 0), (report.Read, report.Written, report.Refused));
    }

    [Fact]
    public async Task An_event_that_could_not_be_read_is_refused_from_wherever_it_comes()
    {
        var chunk = await ForeignAsync(1, 2, 3);
        var (number, content) = chunk.Lines[1];
        EventDocument[] broken =
        [
            content.Event! with { Type = "never-heard-of" },
            content.Event! with { Data = JsonSerializer.SerializeToElement(new { amount = "much" }) },
            content.Event! with { Version = 7 },
            content.Event! with { Id = "2" },
        ];

        foreach (var document in broken)
        {
            var report = await ImportAsync(chunk with
            {
                Header = chunk.Header with { Foreign = null },
                Lines = [chunk.Lines[0], (number, new ExportContent(Event: document)), chunk.Lines[2]],
            });

            Assert.Equal((3, 2), (report.Read, report.Refused));
            Assert.Equal([3, 4], report.Problems.Select(p => p.Line));
            Assert.Equal(1, (await _ports.Store.LoadHeadAsync(_stream)).Version);
        }
    }

    private Task<ImportReport> ImportAsync(ExportChunk chunk) => new StoreImporter(
        _ports.Store,
        _ports.Items,
        _ports.Tombstones,
        new StreamHistory(_ports.Items, _ports.Archive, _ports.Tombstones),
        new EventSerializer(Ruled),
        new EventValidator(Ruled)).ImportAsync(chunk);

    private async Task<ExportChunk> ForeignAsync(params int[] amounts)
    {
        var documents = amounts.Select((amount, i) => Serializer.Write(Envelope(_stream, i + 1, new WalletEvent.Added(amount)))).ToList();
        var chunks = new List<ExportChunk>();
        await foreach (var bytes in EventChunks.WriteAsync(documents.ToAsyncEnumerable(), "test", TimeProvider.System))
        {
            chunks.Add(ExportChunk.Parse(bytes));
        }

        return Assert.Single(chunks);
    }

    private sealed class NoDebt : IEventRules<WalletEvent.Added>
    {
        public IEnumerable<EventProblem> Problems(WalletEvent.Added @event) =>
            @event.Amount < 0 ? [new EventProblem("no-debt", $"{@event.Amount} is negative.")] : [];
    }
}
