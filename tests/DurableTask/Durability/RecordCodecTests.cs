using EventFunctions.Local.DurableTask.Durability;
using EventFunctions.Local.Journal.Payloads;
using EventFunctions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

public sealed class RecordCodecTests
{
    private const int Rounds = 30;

    private static string KeptFile => Path.Combine(RepositoryRoot.Path, "tests", "DurableTask", "Durability", "kept-records.txt");

    public static TheoryData<string> Events => [.. Samples.CasesOf(typeof(HistoryEvent)).Select(type => type.Name)];

    public static TheoryData<string> Records => [.. Samples.CasesOf(typeof(HubRecord)).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_kind_of_history_event_comes_back_as_it_was_written(string kind)
    {
        var type = Samples.CasesOf(typeof(HistoryEvent)).Single(t => t.Name == kind);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var happened = (HistoryEvent)new Samples(new Random(seed)).Of(type);
            var record = new HubRecord.MessageReceived(null, happened) { InstanceId = "i" };
            Assert.Equal(Description.Of(record), Description.Of(Read(Write(record))));
        }
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_kind_of_record_comes_back_as_it_was_written(string kind)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var record = SampleRecord(kind, seed);
            Assert.Equal(Description.Of(record), Description.Of(Read(Write(record))));
        }
    }

    [Fact]
    public void An_instance_in_a_snapshot_comes_back_with_all_its_properties()
    {
        for (var seed = 0; seed < 10 * Rounds; seed++)
        {
            var samples = new Samples(new Random(seed));
            var history = Samples.CasesOf(typeof(HistoryEvent)).Select(type => (HistoryEvent)samples.Of(type)).ToList();
            var open = Samples.CasesOf(typeof(OpenTask)).Select((type, taskId) => KeyValuePair.Create(taskId, (OpenTask)samples.Of(type)));
            var state = (InstanceState)samples.Of(typeof(InstanceState)) with
            {
                Started = seed % 2 == 0 ? history.OfType<HistoryEvent.ExecutionStarted>().First() : (HistoryEvent.ExecutionStarted)samples.Of(typeof(HistoryEvent.ExecutionStarted)),
                OpenTasks = System.Collections.Immutable.ImmutableDictionary.CreateRange(open),
            };
            var note = new InstanceNote(state, history, [new InboxMessage(3, "e", history[0]), new InboxMessage(9, null, history[1])], 10);
            var found = ReadNote(WriteNote(note));

            Assert.Equal(Description.Of(note), Description.Of(found));
            Assert.Equal(seed % 2 == 0, found.History.Contains(found.State.Started, ReferenceEqualityComparer.Instance));
        }
    }

    [Fact]
    public void What_former_versions_wrote_is_read_by_this_one()
    {
        var kept = File.Exists(KeptFile) ? File.ReadAllLines(KeptFile).Select(line => line.Split('|')).ToList() : [];
        var missing = Samples.CasesOf(typeof(HubRecord)).Concat(Samples.CasesOf(typeof(HistoryEvent))).Select(t => t.Name)
            .Except(kept.Select(line => line[0]), StringComparer.Ordinal)
            .ToList();
        if (missing.Count > 0 && Environment.GetEnvironmentVariable("REWRITE_KEPT_FILES") == "1")
        {
            File.AppendAllLines(KeptFile, missing.Select(KeptLine));
            missing.Clear();
        }

        Assert.True(missing.Count == 0, $"{KeptFile} lacks {string.Join(", ", missing)}; run this test once with REWRITE_KEPT_FILES=1");
        Assert.All(kept, line =>
        {
            var found = Description.Of(Read(((RecordKind)byte.Parse(line[1], null), Convert.FromBase64String(line[2]))));
            Assert.Empty(line[3].Split(';').Except(found, StringComparer.Ordinal));
        });
    }

    [Fact]
    public void No_payload_is_read_as_something_it_is_not_nor_takes_more_than_it_has()
    {
        var kinds = Enum.GetValues<RecordKind>();
        var payloads = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().Select(b => b.Take(60).ToArray()).Zip(Gen.Elements(kinds)).ToArbitrary();

        Prop.ForAll(payloads, p => IsReadOrRefused(p.Item2, p.Item1)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_payload_that_ends_too_early_is_refused_wherever_that_is()
    {
        foreach (var kind in Samples.CasesOf(typeof(HubRecord)).Select(t => t.Name))
        {
            var (number, payload) = Write(SampleRecord(kind, seed: 1));
            for (var length = 0; length < payload.Length; length++)
            {
                Assert.Throws<InvalidDataException>(() => new HubReplay().Take((byte)number, payload.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public void A_record_of_another_room_is_refused()
    {
        for (var kind = 0; kind < 64; kind++)
        {
            Assert.Throws<InvalidDataException>(() => new HubReplay().Take((byte)kind, [0, 0, 0, 0]));
        }
    }

    private static bool IsReadOrRefused(RecordKind kind, byte[] payload)
    {
        try
        {
            new HubReplay().Take((byte)kind, payload);
            return true;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static HubRecord SampleRecord(string kind, int seed) =>
        (HubRecord)new Samples(new Random(seed)).Of(Samples.CasesOf(typeof(HubRecord)).Single(t => t.Name == kind));

    private static string KeptLine(string kind)
    {
        var samples = new Samples(new Random(1));
        var record = Samples.CasesOf(typeof(HubRecord)).SingleOrDefault(t => t.Name == kind) is { } type
            ? (HubRecord)samples.Of(type)
            : new HubRecord.MessageReceived("execution", (HistoryEvent)samples.Of(Samples.CasesOf(typeof(HistoryEvent)).Single(t => t.Name == kind))) { InstanceId = "i" };
        var (number, payload) = Write(record);
        return $"{kind}|{(byte)number}|{Convert.ToBase64String(payload)}|{string.Join(';', Description.Of(record))}";
    }

    private static (RecordKind Kind, byte[] Payload) Write(HubRecord record)
    {
        var writer = new RecordWriter(16);
        try
        {
            var kind = HubRecordCodec.Write(ref writer, record);
            return (kind, writer.Written.ToArray());
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static HubRecord Read((RecordKind Kind, byte[] Payload) record)
    {
        var reader = new RecordReader(record.Payload);
        var found = HubRecordCodec.Read(record.Kind, ref reader);
        reader.End();
        return found;
    }

    private static byte[] WriteNote(InstanceNote note)
    {
        var writer = new RecordWriter(16);
        try
        {
            InstanceNoteCodec.Write(ref writer, note);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static InstanceNote ReadNote(byte[] payload)
    {
        var reader = new RecordReader(payload);
        var found = InstanceNoteCodec.Read(ref reader);
        reader.End();
        return found;
    }
}
