using System.Text;

namespace EventFunctions.EventSourcing.Tests.Privacy;

/// <summary>A store that seals: nothing personal in its items, everything in what it gives back, and nothing after an erasure.</summary>
public sealed class SealedStoreTests
{
    private static readonly DataSubjectId Ann = new("ann");
    private static readonly string[] Secrets = ["Ann Example", "ann.user@example.org", "203.0.113.77", "Annas Browser"];

    private readonly SealedWorld _world = new();
    private readonly StreamName _stream = new(PersonState.Category, "ann");

    [Fact]
    public async Task Items_have_nothing_in_clear_and_readers_have_it_all()
    {
        await _world.ExecuteAsync(_stream, new PersonEvent.Named("ann", "Ann Example", "gold"));

        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, Items(), StringComparison.Ordinal));
        var read = await _world.Store.FindAsync(_stream, 1);
        Assert.Equal(new PersonEvent.Named("ann", "Ann Example", "gold"), read!.Data);
        Assert.Equal(
            ("ann.user@example.org", "203.0.113.77", "Annas Browser/7"), (read.Metadata.User, read.Metadata.ClientAddress, read.Metadata.UserAgent));
        Assert.Null(read.Metadata.Personal);
        Assert.Equal("Ann Example", (await Restarted().LoadAsync(_stream)).State.Name);
    }

    [Fact]
    public async Task After_the_key_is_deleted_every_read_says_erased_and_the_rest_is_as_it_was()
    {
        await _world.ExecuteAsync(_stream, new PersonEvent.Named("ann", "Ann Example", "gold"), new PersonEvent.Moved("ann", "silver"));

        await _world.Keys.DeleteAsync(Ann);

        var read = await _world.Store.FindAsync(_stream, 1);
        Assert.Equal(new PersonEvent.Named("ann", ErasedText.Value, "gold"), read!.Data);
        Assert.Equal(ErasedText.Value, read.Metadata.User);
        Assert.Equal((ErasedText.Value, "silver"), (await Restarted().LoadAsync(_stream)).State is var s ? (s.Name, s.Plan) : default);
        Assert.Equal((ErasedText.Value, "silver"), (await _world.People.LoadAsync(_stream)).State is var t ? (t.Name, t.Plan) : default);
    }

    [Fact]
    public async Task What_is_written_about_an_erased_person_is_written_erased()
    {
        await _world.ExecuteAsync(_stream, new PersonEvent.Named("ann", "Ann Example", "gold"));
        await _world.Keys.DeleteAsync(Ann);

        // On the head that the repository still knows, with the name in memory.
        Assert.IsType<CommandResult<PersonState>.Committed>(await _world.ExecuteAsync(_stream, new PersonEvent.Named("ann", "Ann Again", "iron")));

        Assert.DoesNotContain("Ann Again", Items(), StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, Items(), StringComparison.Ordinal));
        Assert.Equal((ErasedText.Value, "iron"), (await Restarted().LoadAsync(_stream)).State is var s ? (s.Name, s.Plan) : default);
        Assert.IsType<SubjectKey.Erased>(await _world.Keys.GetOrCreateAsync(Ann));
    }

    [Fact]
    public async Task An_event_that_names_nobody_stays_in_clear_and_its_client_becomes_a_network()
    {
        await _world.ExecuteAsync(_stream, new PersonEvent.Named(null, "A name of before", "gold"));

        var read = await _world.Store.FindAsync(_stream, 1);
        Assert.Equal(new PersonEvent.Named(null, "A name of before", "gold"), read!.Data);
        Assert.Equal(("ann.user@example.org", "203.0.113.0", null), (read.Metadata.User, read.Metadata.ClientAddress, read.Metadata.UserAgent));
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0")]
    [InlineData("2001:db8:1234:5678::9", "2001:db8:1234::")]
    [InlineData("not an address", null)]
    public async Task A_network_is_24_bits_of_four_bytes_or_48_of_sixteen(string address, string? network)
    {
        var metadata = new EventMetadata(Guid.NewGuid(), "correlation-1", ClientAddress: address);
        await _world.People.ExecuteAsync(
            _stream, new CommandContext(metadata), _ => Decision<PersonEvent>.Accept(new PersonEvent.Moved(null, "gold")));

        Assert.Equal(network, (await _world.Store.FindAsync(_stream, 1))!.Metadata.ClientAddress);
    }

    [Fact]
    public async Task What_was_stored_before_sealing_is_read()
    {
        var before = new InMemoryEventStore(new EventSerializer(SealedWorld.Registry));
        var people = new AggregateRepository<PersonState, PersonEvent>(
            before, SealedWorld.Registry, new AggregateRepositoryOptions(), _world.Clock);
        await people.ExecuteAsync(
            _stream,
            new CommandContext(new EventMetadata(Guid.NewGuid(), "correlation-1", User: "somebody")),
            _ => Decision<PersonEvent>.Accept(new PersonEvent.Named("ann", "Ann Example", "gold")));

        var now = before.SeenBy(_world.Serializer);

        Assert.Equal(new PersonEvent.Named("ann", "Ann Example", "gold"), (await now.FindAsync(_stream, 1))!.Data);
        Assert.Equal("Ann Example", (await Restarted(now).LoadAsync(_stream)).State.Name);
    }

    [Fact]
    public async Task A_reader_without_keys_reads_erased_so_a_relay_needs_none()
    {
        await _world.ExecuteAsync(_stream, new PersonEvent.Named("ann", "Ann Example", "gold"));

        var read = await _world.Store.SeenBy(new EventSerializer(SealedWorld.Registry)).FindAsync(_stream, 1);

        Assert.Equal(new PersonEvent.Named("ann", ErasedText.Value, "gold"), read!.Data);
    }

    [Fact]
    public async Task An_event_whose_sealed_data_was_moved_from_another_stream_is_unreadable()
    {
        var other = new StreamName(PersonState.Category, "other");
        await _world.ExecuteAsync(_stream, new PersonEvent.Named("ann", "Ann Example", "gold"));
        var document = (await _world.Serializer.WriteAsync([(await _world.Store.FindAsync(_stream, 1))!]))[0];

        var exception = await Assert.ThrowsAsync<EventFormatException>(
            async () => await _world.Serializer.ReadAsync(document with { Stream = other.Value }));

        Assert.IsType<SealBrokenException>(exception.InnerException);
        Assert.Equal("Ann Example", ((PersonEvent.Named)(await _world.Serializer.ReadAsync(document)).Data).Name);
    }

    [Fact]
    public async Task Views_are_sealed_found_by_person_and_cleaned_without_their_key()
    {
        var time = DateTimeOffset.UnixEpoch;
        var (ann, bob) = (new ViewKey("p", "ann"), new ViewKey("p", "bob"));
        await _world.Views.SaveAsync(ann, "profile", new VersionedView<Profile>(new Profile("ann", "gold", "Ann Example"), 3, time, time), null);
        await _world.Views.SaveAsync(bob, "profile", new VersionedView<Profile>(new Profile("bob", "iron", "Bob Example"), 4, time, time), null);
        await _world.Keys.DeleteAsync(Ann);

        Assert.Equal((1, 0), (await _world.Views.EraseAsync(Ann), await _world.Views.EraseAsync(Ann)));

        var read = (await _world.Views.FindAsync<Profile>(ann))!.Current;
        Assert.Equal((ErasedText.Value, "gold", 3), (read.View.Name, read.View.Plan, read.Version));
        Assert.Equal("Bob Example", (await _world.Views.FindAsync<Profile>(bob))!.Current.View.Name);
        Assert.DoesNotContain("$sealed", (await _world.Views.FindAsync<RawJson>(ann))!.Current.View.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verification_finds_nothing_wrong_before_and_after_an_erasure()
    {
        await _world.ExecuteAsync(_stream, new PersonEvent.Named("ann", "Ann Example", "gold"));
        Assert.Empty((await VerifyAsync()).Findings);

        await _world.Keys.DeleteAsync(Ann);

        var page = await VerifyAsync();
        Assert.Empty(page.Findings);
        Assert.Equal(1, page.SnapshotsCompared);
    }

    private Task<VerificationPage> VerifyAsync() => new StoreVerifier(
        new InMemoryStreamDirectory(_world.Store),
        _world.Store,
        new InMemoryStreamItems(_world.Store),
        new InMemoryEventArchive(_world.Store),
        new InMemoryTombstones(_world.Store),
        _world.Serializer,
        [new SnapshotCheck<PersonState, PersonEvent>()],
        _world.Vault).VerifyAsync(10);

    private AggregateRepository<PersonState, PersonEvent> Restarted(IEventStore? store = null) =>
        new(store ?? _world.Store, SealedWorld.Registry, new AggregateRepositoryOptions(), _world.Clock, personalData: _world.Vault);

    /// <summary>Everything the store has of the stream, as text.</summary>
    private string Items()
    {
        var text = new StringBuilder();
        foreach (var item in new InMemoryStreamItems(_world.Store).ReadAsync(_stream, 1, long.MaxValue).GetAwaiter().GetResult())
        {
            text.AppendLine(item.Json.GetRawText());
        }
        var head = _world.Store.LoadHeadAsync(_stream).GetAwaiter().GetResult();
        return text.AppendLine(head.Snapshot?.State.ToString()).ToString();
    }
}
