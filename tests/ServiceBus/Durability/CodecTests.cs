using EventFunctions.Local.Journal.Payloads;
using EventFunctions.Local.ServiceBus.Durability;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>Every kind of change is read again as it was written.</summary>
public sealed class CodecTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly Dictionary<string, object> Properties = new(StringComparer.Ordinal)
    {
        ["null"] = null!,
        ["text"] = "ключ",
        ["true"] = true,
        ["false"] = false,
        ["byte"] = byte.MaxValue,
        ["sbyte"] = sbyte.MinValue,
        ["short"] = short.MinValue,
        ["ushort"] = ushort.MaxValue,
        ["int"] = int.MinValue,
        ["uint"] = uint.MaxValue,
        ["long"] = long.MinValue,
        ["ulong"] = ulong.MaxValue,
        ["float"] = float.NaN,
        ["double"] = double.Epsilon,
        ["decimal"] = 12.50m,
        ["char"] = '\ud800',
        ["guid"] = Guid.NewGuid(),
        ["time"] = DateTime.UtcNow,
        ["local"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
        ["offset"] = At.ToOffset(TimeSpan.FromMinutes(-210)),
        ["span"] = TimeSpan.MinValue,
        ["uri"] = new Uri("https://example.com/a b"),
        ["relative"] = new Uri("a/b", UriKind.Relative),
        ["bytes"] = new byte[] { 1, 2 },
    };

    private static readonly BrokerMessage Full = new()
    {
        MessageId = "m",
        SessionId = "s",
        CorrelationId = "c",
        Subject = "",
        To = "t",
        ReplyTo = "r",
        ReplyToSessionId = "rs",
        ContentType = "ct",
        PartitionKey = "p",
        TransactionPartitionKey = "tp",
        TimeToLive = TimeSpan.FromTicks(1),
        ScheduledEnqueueTime = At,
        Forwarding = new Forwarding(7, 2, "source"),
        Properties = Properties,
        Body = new byte[] { 1, 2, 3 },
        Opaque = new byte[] { 4 },
    };

    private static readonly SubscriptionDefinition Subscription = new()
    {
        Name = "s",
        RequiresSession = true,
        ForwardTo = "f",
        UserMetadata = "u",
        Status = EntityStatus.ReceiveDisabled,
        Rules =
        [
            new RuleDefinition("sql", new FilterDefinition.Sql("a = @a", Properties), new ActionDefinition("SET a = 1", Properties)),
            new RuleDefinition("correlation", new FilterDefinition.Correlation(new Dictionary<string, string>(StringComparer.Ordinal) { ["label"] = "x" }, Properties)),
        ],
    };

    private static readonly BrokerRecord[] Records =
    [
        new QueueRecord.Enqueued(1, 2, Full, At, DateTimeOffset.MaxValue),
        new QueueRecord.Enqueued(1, 2, new BrokerMessage(), At, DateTimeOffset.MaxValue),
        new QueueRecord.Scheduled(1, Full, At, At),
        new QueueRecord.ScheduleCancelled(long.MaxValue),
        new QueueRecord.Activated(1, 2, At, At),
        new QueueRecord.Locked(1, Guid.NewGuid(), At),
        new QueueRecord.LockRenewed(1, At),
        new QueueRecord.Released(1, true, Properties),
        new QueueRecord.Released(1, false, null),
        new QueueRecord.Deferred(1, Properties),
        new QueueRecord.Removed(1),
        new QueueRecord.DeadLettered(1, 2, 3, Properties),
        new QueueRecord.SessionLocked("s", Guid.NewGuid(), At),
        new QueueRecord.SessionLockRenewed("s", At),
        new QueueRecord.SessionReleased("s"),
        new QueueRecord.SessionStateSet("s", new byte[] { 1 }, At),
        new QueueRecord.SessionStateSet("s", ReadOnlyMemory<byte>.Empty, At),
        new QueueRecord.SessionStateSet("s", null, At),
        new TopicRecord.Published(1, 5, Full, At,
        [
            new TopicCopy(1, 2, At, null, null), new TopicCopy(1, 3, At, Properties, Full with { Subject = "changed" }),
            new TopicCopy(2, 1, At, null, Full with { Body = new byte[] { 9 } }),
        ]),
        new TopicRecord.Published(1, null, Full, At, []),
        new TopicRecord.Scheduled(1, Full, At, At),
        new TopicRecord.ScheduleCancelled(1),
        new CatalogueRecord.QueueCreated(new QueueDefinition { Name = "q", ForwardTo = "f", ForwardDeadLetteredMessagesTo = "d", Status = EntityStatus.Disabled }, true, At),
        new CatalogueRecord.QueueUpdated(new QueueDefinition { Name = "q", RequiresSession = true }, false, At),
        new CatalogueRecord.TopicCreated(new TopicDefinition { Name = "t", RequiresDuplicateDetection = true, SupportOrdering = false }, true, At),
        new CatalogueRecord.TopicUpdated(new TopicDefinition { Name = "t", UserMetadata = "u" }, false, At),
        new CatalogueRecord.SubscriptionCreated(Subscription, true, At),
        new CatalogueRecord.SubscriptionUpdated(Subscription with { Rules = [] }, false, At),
        new CatalogueRecord.EntityDeleted(),
    ];

    [Fact]
    public void Every_kind_of_change_is_among_the_samples()
    {
        var kinds = typeof(BrokerRecord).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(BrokerRecord)) && !t.IsAbstract).ToHashSet();

        Assert.Equal(kinds.OrderBy(t => t.FullName), Records.Select(r => r.GetType()).Distinct().OrderBy(t => t.FullName));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        foreach (var record in Records)
        {
            var steps = new[] { new ShardStep(3, 4, [new LoggedChange(new EntityAddress(5, EntityPart.DeadLetter), record)]) };
            var written = Write(steps);
            var reader = new RecordReader(written);

            var read = StepCodec.Read(ref reader);

            var change = Assert.Single(Assert.Single(read).Changes);
            Assert.Equal((3u, 4L, new EntityAddress(5, EntityPart.DeadLetter), record.GetType()), (read[0].Shard, read[0].Number, change.Entity, change.Record.GetType()));
            Assert.Equal(written, Write([.. read]));
        }
    }

    [Fact]
    public void A_message_has_all_it_had()
    {
        var writer = new RecordWriter(16);
        writer.WriteMessage(Full);
        var reader = new RecordReader(writer.Written);

        var read = reader.ReadMessage();

        Assert.Equal(Full with { Properties = null!, Body = default, Opaque = default }, read with { Properties = null!, Body = default, Opaque = default });
        Assert.Equal(Full.Body.ToArray(), read.Body.ToArray());
        Assert.Equal(Full.Opaque.ToArray(), read.Opaque.ToArray());
        Assert.Equal(Full.Properties.OrderBy(p => p.Key, StringComparer.Ordinal), read.Properties.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.All(read.Properties, p => Assert.Equal(Properties[p.Key]?.GetType(), p.Value?.GetType()));
        writer.Dispose();
    }

    [Fact]
    public void Bytes_that_are_no_step_are_refused()
    {
        var written = Write([new ShardStep(3, 4, [.. Records.Select(r => new LoggedChange(default, r))])]);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = written[..random.Next(written.Length)];
            var refused = Record.Exception(() =>
            {
                var reader = new RecordReader(damaged);
                StepCodec.Read(ref reader);
            });
            Assert.IsType<InvalidDataException>(refused);
        }
    }

    private static byte[] Write(ShardStep[] steps)
    {
        var writer = new RecordWriter(16);
        StepCodec.Write(ref writer, steps);
        var written = writer.Written.ToArray();
        writer.Dispose();
        return written;
    }
}
