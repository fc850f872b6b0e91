namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Receivers that wait, first come first served. Whoever makes something available hands it to the first of them; nobody polls.
/// </summary>
/// <typeparam name="TRequest">What a waiter asks for.</typeparam>
/// <typeparam name="TResult">What it gets.</typeparam>
internal sealed class WaitList<TRequest, TResult>(EntityShard shard)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly LinkedList<Waiter> _waiters = new();

    /// <summary>What the first waiter asks for. The gate is held.</summary>
    /// <remarks>
    /// Whoever has cancelled is out of the line from then on. Its cancellation's callback may run much later, and what it was given
    /// meanwhile would go to somebody who is about to leave.
    /// </remarks>
    public bool TryFirst(out TRequest request)
    {
        while (_waiters.First is { Value: { Cancellation.IsRequested: true } gone })
        {
            gone.Leave();
            gone.Completion.SetCanceled(gone.Cancellation.Requested);
        }

        request = _waiters.First is { } first ? first.Value.Request : default!;
        return _waiters.First is not null;
    }

    /// <summary>Gives the first waiter its result. The gate is held.</summary>
    public void ResolveFirst(TResult result)
    {
        var waiter = _waiters.First!.Value;
        waiter.Leave();
        waiter.Completion.SetResult(result);
    }

    /// <summary>Gives all waiters the same result. The gate is held.</summary>
    public void ResolveAll(TResult result)
    {
        while (_waiters.First is not null)
        {
            ResolveFirst(result);
        }
    }

    /// <summary>Joins the line, and perhaps a second one: whichever resolves the waiter first takes it out of both. The gate is held.</summary>
    public Waiter Join(TRequest request, Cancellation cancellation, WaitList<TRequest, TResult>? second = null)
    {
        var waiter = new Waiter(request, cancellation);
        waiter.Node = _waiters.AddLast(waiter);
        waiter.SecondNode = second?._waiters.AddLast(waiter);
        return waiter;
    }

    /// <summary>Lets those who ask for such a thing join a second line, at its end, unless they stand in two already. The gate is held.</summary>
    public void JoinAlso(WaitList<TRequest, TResult> second, Predicate<TRequest> who)
    {
        foreach (var waiter in _waiters)
        {
            if (waiter.SecondNode is null && who(waiter.Request))
            {
                waiter.SecondNode = second._waiters.AddLast(waiter);
            }
        }
    }

    /// <summary>Waits for the result. The gate is not held.</summary>
    /// <exception cref="OperationCanceledException">The wait was called off while nothing had been handed over.</exception>
    public async Task<TResult> WaitAsync(Waiter waiter, TResult whenTimedOut, TimeSpan maxWait)
    {
        var due = maxWait > LongestTimer ? Timeout.InfiniteTimeSpan : maxWait;
        await using var timer = shard.Clock.CreateTimer(
            _ => Conclude(waiter, () => waiter.Completion.SetResult(whenTimedOut)), null, due, Timeout.InfiniteTimeSpan);
        using var calledOff = waiter.Cancellation.Link();
        await using var cancellation = calledOff.Token.UnsafeRegister(
            _ => Conclude(waiter, () => waiter.Completion.SetCanceled(waiter.Cancellation.Requested)), null);
        return await waiter.Completion.Task;
    }

    private void Conclude(Waiter waiter, Action result)
    {
        lock (shard.Gate)
        {
            if (waiter.Node.List is not null)
            {
                waiter.Leave();
                result();
            }
        }
    }

    /// <summary>One place in the line, or in two.</summary>
    internal sealed class Waiter(TRequest request, Cancellation cancellation)
    {
        public TRequest Request { get; } = request;

        public Cancellation Cancellation { get; } = cancellation;

        public TaskCompletionSource<TResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter> Node { get; set; } = null!;

        public LinkedListNode<Waiter>? SecondNode { get; set; }

        /// <summary>Leaves every line. The gate is held.</summary>
        public void Leave()
        {
            Node.List!.Remove(Node);
            SecondNode?.List!.Remove(SecondNode);
        }
    }
}
