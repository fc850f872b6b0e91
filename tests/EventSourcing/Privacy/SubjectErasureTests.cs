using EventFunctions.Tests.Support;

namespace EventFunctions.EventSourcing.Tests.Privacy;

/// <summary>An erasure: the key first, then everybody who keeps something; written down, and repeatable.</summary>
public sealed class SubjectErasureTests
{
    private static readonly DataSubjectId Ann = new("ann");
    private static readonly ErasureRequest Request = new("request 17", "operator", "correlation-1");
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemorySubjectKeys _keys;
    private readonly InMemoryErasureRecords _records = new();

    public SubjectErasureTests() => _keys = new InMemorySubjectKeys(_clock);

    [Fact]
    public async Task The_key_is_gone_before_anybody_cleans_and_the_record_says_what_was_cleaned()
    {
        await _keys.GetOrCreateAsync(Ann);
        var profile = new Participant("profile", async subject =>
        {
            Assert.IsType<SubjectKey.Erased>(await _keys.FindAsync(subject));
            Assert.False((await _records.FindAsync(subject))!.Record.IsComplete);
            return 2;
        });

        var record = await Erasure(profile, new Participant("mails", _ => Task.FromResult(3))).RunAsync(Ann, Request);

        Assert.True(record.IsComplete);
        Assert.Equal([new ErasedPart("profile", 2), new ErasedPart("mails", 3)], record.Participants);
        Assert.Equal(("ann", "request 17", "operator", "correlation-1", 1), (record.Subject, record.Reason, record.RequestedBy, record.CorrelationId, record.Runs));
        Assert.Equal(record, (await _records.FindAsync(Ann))!.Record);
    }

    [Fact]
    public async Task A_participant_that_fails_leaves_the_others_cleaned_and_the_erasure_to_be_run_again()
    {
        var isAway = true;
        var away = new Participant("mails", _ => isAway ? throw new StoreUnavailableException("The mails are away.") : Task.FromResult(4));
        var erasure = Erasure(away, new Participant("profile", _ => Task.FromResult(1)));

        var first = await erasure.RunAsync(Ann, Request);
        isAway = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var second = await erasure.RunAsync(Ann, new ErasureRequest("again", "another", "correlation-2"));

        Assert.False(first.IsComplete);
        Assert.Equal([new ErasedPart("mails", 0, "The mails are away."), new ErasedPart("profile", 1)], first.Participants);
        Assert.True(second.IsComplete);
        Assert.Equal([new ErasedPart("mails", 4), new ErasedPart("profile", 2)], second.Participants);
        Assert.Equal((first.RequestedAt, first.KeyDeletedAt, "request 17", 2), (second.RequestedAt, second.KeyDeletedAt, second.Reason, second.Runs));
    }

    [Fact]
    public async Task A_run_that_breaks_off_leaves_a_record_that_is_not_complete()
    {
        using var stop = new CancellationTokenSource();
        var stopping = new Participant("profile", _ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => Erasure(stopping).RunAsync(Ann, Request, stop.Token));

        Assert.False((await _records.FindAsync(Ann))!.Record.IsComplete);
        Assert.IsType<SubjectKey.Erased>(await _keys.FindAsync(Ann));
    }

    private SubjectErasure Erasure(params IErasureParticipant[] participants) => new(_keys, participants, _records, _clock);

    private sealed class Participant(string name, Func<DataSubjectId, Task<int>> erase) : IErasureParticipant
    {
        public string Name => name;

        public Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken) => erase(subject);
    }
}
