using EventFunctions.Local.DurableTask.Durability;
using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.Journal.Payloads;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>A hub on a simulated disk, and what it looked like after each change.</summary>
internal sealed class HubHistory
{
    private readonly ManualTimeProvider _clock = new();
    private readonly RandomEpisode _code;
    private readonly Random _random;
    private readonly CrashHistory _lives;
    private HubJournal _journal = null!;
    private TaskHub _hub = null!;

    public HubHistory(Random random)
    {
        _random = random;
        _code = new RandomEpisode(new Random(random.Next()));
        _lives = new CrashHistory(random, OpenAsync, () => _journal.DisposeAsync(), Image);
    }

    public Task OpenAsync() => _lives.OpenAsync();

    public Task LosePowerAsync() => _lives.SufferAsync(Mishap.LosePower);

    public async Task TakeAsync(HubCrashProperties.Step step)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(5)));
        switch (step)
        {
            case HubCrashProperties.Step.Start:
                await DoAsync(tables => new HubRecord.InstanceStarted(_code.Started(_hub.Now)) { InstanceId = _code.InstanceId() });
                break;
            case HubCrashProperties.Step.Raise:
                await DeliverAsync(new HistoryEvent.EventReceived("e", _code.Text()) { Timestamp = _hub.Now });
                break;
            case HubCrashProperties.Step.Suspend:
                await DeliverAsync(new HistoryEvent.Suspended(_code.Text()) { Timestamp = _hub.Now });
                break;
            case HubCrashProperties.Step.Resume:
                await DeliverAsync(new HistoryEvent.Resumed(null) { Timestamp = _hub.Now });
                break;
            case HubCrashProperties.Step.Terminate when _random.Next(3) == 0:
                await DeliverAsync(new HistoryEvent.Terminated(_code.Text(), _random.Next(2) == 0) { Timestamp = _hub.Now });
                break;
            case HubCrashProperties.Step.Answer:
                await AnswerAsync<OpenTask.Activity>(taskId => _random.Next(3) == 0
                    ? new HistoryEvent.TaskFailed(taskId, new TaskFailureDetails("type", "message", "trace", null, null)) { Timestamp = _hub.Now }
                    : new HistoryEvent.TaskCompleted(taskId, _code.Text()) { Timestamp = _hub.Now });
                break;
            case HubCrashProperties.Step.FireTimer:
                await AnswerAsync<OpenTask.Timer>(taskId => new HistoryEvent.TimerFired(taskId) { Timestamp = _hub.Now });
                break;
            case HubCrashProperties.Step.Episode when Any(e => e.Inbox.Count > 0) is { } entry && _hub.Take(entry) is var (state, selection):
                await DoAsync(_ => _code.Run(state, entry.History, selection, _hub.Now));
                break;
            case HubCrashProperties.Step.Purge when Any(e => e.State.HasEnded) is { } entry:
                await DoAsync(_ => new HubRecord.InstancePurged { InstanceId = entry.State.InstanceId });
                break;
            case HubCrashProperties.Step.Compact:
                await CrashHistory.ToleratingFailureAsync(() => _journal.CompactAsync(_hub, CancellationToken.None));
                break;
            case HubCrashProperties.Step.WaitForAll:
                await _lives.WaitForAllAsync();
                break;
            case HubCrashProperties.Step.Mishap:
                await _lives.SufferAsync(_random.GetItems(Enum.GetValues<Mishap>(), 1)[0]);
                break;
        }
    }

    private async Task OpenAsync(IJournalFolder folder)
    {
        _journal = await HubJournal.OpenAsync(folder, CrashHistory.Options, NullLogger.Instance, CancellationToken.None);
        _hub = new TaskHub(_journal.Log, _clock, static _ => { }, _journal.Tables, static _ => { });
        CheckBacklog();
    }

    private Task DeliverAsync(HistoryEvent happened) => Any(e => !e.State.HasEnded) is { } entry
        ? DoAsync(_ => new HubRecord.MessageReceived(null, happened) { InstanceId = entry.State.InstanceId })
        : Task.CompletedTask;

    private Task AnswerAsync<T>(Func<int, HistoryEvent> answer)
        where T : OpenTask => Any(e => e.State.OpenTasks.Values.Any(task => task is T)) is { } entry
        ? DoAsync(_ => new HubRecord.MessageReceived(entry.State.ExecutionId, answer(entry.State.OpenTasks.First(open => open.Value is T).Key))
        {
            InstanceId = entry.State.InstanceId,
        })
        : Task.CompletedTask;

    /// <summary>Makes a change, and notes what the hub looks like with it, before it is known to be safe.</summary>
    private async Task DoAsync(Func<HubTables, HubRecord> decide)
    {
        try
        {
            var commit = _hub.Commit(decide);
            _lives.Note(commit.Released);
        }
        catch (HubStoppedException)
        {
            // Refused before it was made.
            if (_random.Next(2) == 0)
            {
                await _lives.SufferAsync(Mishap.Kill);
            }
        }
    }

    /// <summary>Every open task of an instance that goes on is either answered in its inbox, or lined up, and none is both.</summary>
    private void CheckBacklog()
    {
        var effects = Backlog.LineUp(_journal.Tables).ToList();
        var runs = effects.OfType<HubEffect.Run>().Select(r => (r.Work.Invocation.InstanceId, r.Work.Invocation.TaskId));
        var timers = effects.OfType<HubEffect.Arm>().Select(a => (a.Timer.InstanceId, a.Timer.TaskId)).Where(t => t.TaskId != WaitingTimer.StartTaskId);
        var answered = _journal.Tables.All.SelectMany(e => e.Inbox.Where(m => m.ExecutionId == e.State.ExecutionId).Select(m => m.Event switch
        {
            HistoryEvent.TaskCompleted done => (e.State.InstanceId, TaskId: done.TaskId),
            HistoryEvent.TaskFailed failed => (e.State.InstanceId, failed.TaskId),
            HistoryEvent.TimerFired fired => (e.State.InstanceId, fired.TaskId),
            _ => (e.State.InstanceId, TaskId: -1),
        })).ToHashSet();
        var open = _journal.Tables.All.Where(e => !e.State.HasEnded)
            .SelectMany(e => e.State.OpenTasks.Where(t => t.Value is not OpenTask.Child).Select(t => (e.State.InstanceId, TaskId: t.Key)))
            .Where(t => !answered.Contains(t));
        Assert.Equal(open.Order(), runs.Concat(timers).Order());
        Assert.Equal(
            _journal.Tables.All.Where(e => e.Inbox.Count > 0).Select(e => e.State.InstanceId).Order(StringComparer.Ordinal),
            effects.OfType<HubEffect.Ready>().Select(r => r.Instance.State.InstanceId).Order(StringComparer.Ordinal));
    }

    private InstanceEntry? Any(Func<InstanceEntry, bool> where) =>
        _hub.Peek(tables => tables.All.Where(where).ToList()) is { Count: > 0 } all ? all[_random.Next(all.Count)] : null;

    private string Image() => string.Join('\n', _hub.Peek(tables => tables.Note()).OrderBy(n => n.State.InstanceId, StringComparer.Ordinal).Select(note =>
    {
        var writer = new RecordWriter(1024);
        try
        {
            InstanceNoteCodec.Write(ref writer, note);
            return Convert.ToBase64String(writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }));
}
