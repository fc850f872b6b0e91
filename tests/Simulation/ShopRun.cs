using System.Globalization;
using EventFunctions.Domain.Ordering;
using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;
using EventFunctions.Tests.Saga;

namespace EventFunctions.Tests.Simulation;

/// <summary>
/// One run: orders, customers, partners, crashes and faults of the seed's choice, on one thread and a clock that only the run moves. The
/// same seed is the same run.
/// </summary>
internal sealed class ShopRun
{
    private const int MaxSteps = 20_000;

    /// <summary>What led to a failure is to be seen; all of a run shows when it is the only one.</summary>
    private const int TailLength = 150;
    private static readonly TimeSpan MaxWork = SimulatedShop.SettleDelay * 0.9;

    private readonly Random _random;
    private readonly OneThread _thread;
    private readonly string _version;
    private readonly SimulatedShop _shop;
    private readonly Mutation _mutation;
    private readonly List<Choice> _choices = [];
    private SimulatedProcess _process;
    private int _crashes;
    private int _repetitions;

    private ShopRun(Random random, Plan plan, Mutation mutation, OneThread thread, string version)
    {
        (_random, _thread, _mutation, _version) = (random, thread, mutation, version);
        (_crashes, _repetitions) = (plan.Crashes, plan.Repetitions);
        _shop = new SimulatedShop(plan, _random);
        _process = Start([]);
    }

    /// <summary>What was done.</summary>
    public Trace Trace { get; } = new();

    /// <summary>Runs a seed to its end and checks the books.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="mutation">A fault that is planted.</param>
    /// <param name="flowOf">Who leads the order of a number, from 0; sagas, unless it is given.</param>
    /// <exception cref="SimulationFailedException">Something is wrong; the message tells the seed, what it is, and what led to it.</exception>
    public static SimulationResult Run(int seed, Mutation? mutation = null, Func<int, OrderFlow>? flowOf = null)
    {
        using var thread = OneThread.Take();
        var random = new Random(seed);
        var run = new ShopRun(random, Plan.Of(random).LedBy(flowOf ?? (_ => OrderFlow.Orchestration)), mutation ?? Mutation.None, thread, OrderSaga.CurrentVersion);
        try
        {
            return run.RunToEnd();
        }
        catch (Exception exception)
        {
            throw new SimulationFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Seed {seed}: {exception.Message}
                {run._shop.Plan.Describe()}
                {run.Trace.Tail(TailLength)}
                {exception.StackTrace}
                """));
        }
    }

    /// <summary>Runs a plan to its end, an operator's resumptions included, and hands out the process as it is then.</summary>
    /// <param name="plan">What is in store; without crashes and repetitions every history is as plain as can be.</param>
    /// <param name="version">What orchestrations are started with.</param>
    /// <param name="read">Reads of the process what is wanted.</param>
    public static T Play<T>(Plan plan, string version, Func<SimulatedProcess, T> read)
    {
        using var thread = OneThread.Take();
        var run = new ShopRun(new Random(1), plan, Mutation.None, thread, version);
        run.RunToEnd();
        return read(run._process);
    }

    private SimulationResult RunToEnd()
    {
        var opening = _shop.OpenAsync();
        _thread.Drain();
        opening.GetAwaiter().GetResult();
        UntilQuiet();
        var books = new Books(_shop, _process);
        var ends = books.ReadEnds();
        books.CheckOpenEnds(ends);
        foreach (var order in _shop.Plan.Orders.Where(order => ends[order.Id].IsResumable))
        {
            _shop.Faults.Mend();
            Resume(order);
        }

        UntilQuiet();
        Messages.AddUp(_process, _shop.Committed, _random);
        new Books(_shop, _process).Balance();
        return new SimulationResult(Trace, [.. ends.Values.Select(end => end.State)], _shop.Plan.Crashes - _crashes, _shop.Requests.Cancellations);
    }

    /// <summary>What an operator does who has mended the cause.</summary>
    private void Resume(PlannedOrder order)
    {
        if (order.Flow == OrderFlow.Orchestration)
        {
            _shop.Errands.Add(Requests.Resume(order.Id));
            return;
        }

        foreach (var letter in _shop.DeadLettersOf(order.Id))
        {
            letter.Resubmit();
        }
    }

    private void UntilQuiet()
    {
        while (Step() is { } step)
        {
            Trace.Add(_shop.Clock.GetUtcNow(), step);
            if (Trace.Count > MaxSteps)
            {
                throw new SimulationFailedException($"after {MaxSteps} steps it still goes on");
            }

            _thread.Drain();
            _process.Settle();
        }
    }

    private string? Step()
    {
        _choices.Clear();
        var errands = _shop.Errands.Where(errand => errand.IsWaiting && errand.NotBefore <= Trace.Count).ToList();
        _choices.Add(new Choice(6, _shop.Crossing.All.Count, Release));
        _choices.Add(new Choice(3, _process.Ready.Count, _process.RunEpisode));
        _choices.Add(new Choice(3, _process.Calls.Count, RunActivity));
        _choices.Add(new Choice(4, _process.Log.Unconfirmed, _ => Confirm()));
        _choices.Add(new Choice(2, errands.Count, index => Run(errands[index])));
        if (_choices.TrueForAll(choice => choice.Count == 0))
        {
            // Nothing happens by itself any more: time passes, or somebody wants something.
            errands = [.. _shop.Errands.Where(errand => errand.IsWaiting)];
            _choices.Add(new Choice(1, errands.Count, index => Run(errands[index])));
            _choices.Add(new Choice(1, CanTimePass ? 1 : 0, _ => LetTimePass()));
        }
        else
        {
            _choices.Add(new Choice(0.3, CanTimePass ? 1 : 0, _ => LetTimePass()));
            _choices.Add(new Choice(0.06, _crashes, _ => Crash()));
            _choices.Add(new Choice(0.2, _repetitions, _ => Repeat()));
        }

        return _choices.TakeOne(_random);
    }

    private bool CanTimePass => _shop.Clock.NextDue is { } next && next <= _shop.Crossing.Limit;

    private string Release(int index)
    {
        var waiting = _shop.Crossing.All[index];
        _shop.Crossing.Release(waiting);
        return waiting.ToString();
    }

    private string RunActivity(int index)
    {
        var again = _repetitions > 0 && _random.Next(20) == 0;
        _repetitions -= again ? 1 : 0;
        return _process.RunActivity(index, again);
    }

    private string Confirm()
    {
        var count = _random.Next(_process.Log.Unconfirmed) + 1;
        _process.Log.Confirm(count);
        return $"{count} records are durable";
    }

    private string Run(Errand errand)
    {
        _process.Begin(errand.Name, () => errand.RunAsync(_process));
        return errand.Name;
    }

    private string LetTimePass()
    {
        _shop.Clock.Advance(_shop.Clock.NextDue!.Value - _shop.Clock.GetUtcNow());
        return "time passes";
    }

    /// <summary>A result or the firing of a timer comes once more.</summary>
    private string Repeat()
    {
        _repetitions--;
        var answers = _process.Log.Durable.OfType<HubRecord.MessageReceived>()
            .Where(m => m.Event is HistoryEvent.TaskCompleted or HistoryEvent.TaskFailed or HistoryEvent.TimerFired)
            .ToList();
        return answers.Count == 0 ? "nothing is there to come once more" : _process.Redeliver(answers[_random.Next(answers.Count)]);
    }

    /// <summary>The process ends in the middle of everything; some of what it did goes on without it, and the next process begins.</summary>
    private string Crash()
    {
        _crashes--;
        var records = _process.Log.Close(_random.Next(_process.Log.Unconfirmed + 1));
        foreach (var activation in _process.Activations)
        {
            activation.IsOrphan = _random.Next(3) == 0;
            activation.IsDropped = !activation.IsOrphan;
        }

        _process.Dispose();
        _shop.Crossing.Forget();
        _shop.Errands.ForEach(errand => errand.Lose(_mutation.LosesMessages));
        _process = Start(_mutation.Survivors(records));
        return $"crash: {records.Count} records are left";
    }

    private SimulatedProcess Start(IReadOnlyList<HubRecord> records)
    {
        var services = _shop.Compose();
        var functions = new FunctionDispatcher(services)
        {
            Before = (activity, _) =>
            {
                _shop.Faults.Before(activity);
                return Task.CompletedTask;
            },
            After = (activity, _) =>
            {
                _shop.Faults.After(activity);
                return Task.CompletedTask;
            },
        };
        return new SimulatedProcess(
            services,
            _mutation.Of(functions),
            new SimulatedLog(records),
            _shop.Clock,
            _version,
            name => new Activation(name, _shop.Clock.GetUtcNow() + MaxWork));
    }
}

/// <summary>What came of a run.</summary>
/// <param name="Trace">Its steps.</param>
/// <param name="Ends">How the sagas ended, before an operator resumed any.</param>
/// <param name="Crashes">How often the process ended.</param>
/// <param name="Cancellations">How many cancellations were accepted.</param>
internal sealed record SimulationResult(Trace Trace, IReadOnlyList<string> Ends, int Crashes, int Cancellations);
