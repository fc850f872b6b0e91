using EventFunctions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>Whatever is done to an entity in whatever order, its messages add up.</summary>
public sealed class InterleavingProperties
{
    private static readonly Gen<(int What, int Which)[]> Steps =
        Gen.ArrayOf(Gen.Choose(0, 9).SelectMany(what => Gen.Choose(0, 1000).Select(which => (what, which))), 120);

    [Fact]
    public void No_message_of_a_queue_is_lost_or_comes_back_and_the_counts_add_up() =>
        Prop.ForAll(Steps.ToArbitrary(), steps =>
        {
            var run = new QueueRun(requiresSession: false);
            foreach (var (what, which) in steps)
            {
                run.Step(what, which);
                run.AssertCounts();
            }

            run.AssertAllAccountedFor();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sessions_keep_their_order_and_their_one_holder() =>
        Prop.ForAll(Steps.ToArbitrary(), steps =>
        {
            var run = new QueueRun(requiresSession: true);
            foreach (var (what, which) in steps)
            {
                run.Step(what, which);
                run.AssertCounts();
            }

            run.AssertAllAccountedFor();
        }).QuickCheckThrowOnFailure();

    private sealed class QueueRun
    {
        private readonly ManualTimeProvider _clock = new();
        private readonly MessageQueue _queue;
        private readonly bool _sessions;
        private readonly List<(Delivery Delivery, SessionHold? Hold)> _held = [];
        private readonly List<SessionHold> _holds = [];
        private readonly HashSet<string> _completed = [];
        private readonly List<long> _deferred = [];
        private int _sent;

        public QueueRun(bool requiresSession)
        {
            _sessions = requiresSession;
            var settings = new QueueSettings(
                "q", requiresSession, TimeSpan.FromSeconds(30), 4, TimeSpan.MaxValue, DeadLetterOnExpiration: false, null, 1 << 20);
            _queue = new MessageQueue(settings, new EntityShard(new VolatileLog(), _clock));
        }

        public void Step(int what, int which)
        {
            switch (what)
            {
                case 0 or 1 or 2:
                    Send(which);
                    break;
                case 3 or 4:
                    Receive(which);
                    break;
                case 5:
                    Settle(which, new Settlement.Complete());
                    break;
                case 6:
                    Settle(which, new Settlement.Abandon(null));
                    break;
                case 7:
                    Settle(which, which % 2 == 0 ? new Settlement.Defer(null) : new Settlement.DeadLetter("r", null, null));
                    break;
                case 8:
                    _clock.Advance(TimeSpan.FromSeconds(which % 40));
                    break;
                default:
                    ReceiveDeferredOrRelease(which);
                    break;
            }
        }

        public void AssertCounts()
        {
            var counts = _queue.Counts();
            Assert.Equal(_sent - _completed.Count, counts.Total);
            Assert.Equal(counts.Total, counts.Active + counts.Locked + counts.Deferred + counts.Scheduled + counts.DeadLetter);
        }

        /// <summary>What was sent is completed, still there, or in the dead-letter queue; each exactly once.</summary>
        public void AssertAllAccountedFor()
        {
            var left = _queue.Peek(0, int.MaxValue, null).Concat(_queue.DeadLetterQueue!.Peek(0, int.MaxValue, null));
            var all = left.Select(d => d.Message.MessageId!).Concat(_completed).ToList();
            Assert.Equal(_sent, all.Count);
            Assert.Equal(_sent, all.Distinct().Count());
        }

        private void Send(int which)
        {
            var message = new BrokerMessage
            {
                MessageId = $"{_sent++}",
                SessionId = _sessions ? $"s{which % 3}" : null,
                ScheduledEnqueueTime = which % 5 == 0 ? _clock.GetUtcNow() + TimeSpan.FromSeconds(which % 60) : null,
            };
            Assert.IsType<SendOutcome.Accepted>(Now(_queue.SendAsync([message], default)));
        }

        private void Receive(int which)
        {
            SessionHold? hold = null;
            if (_sessions)
            {
                if (_holds.Count == 0 || which % 3 == 0)
                {
                    var id = $"s{which % 3}";
                    if (Now(_queue.AcceptSessionAsync(id, default)) is AcceptOutcome.Accepted accepted)
                    {
                        Assert.DoesNotContain(_holds, h => h.SessionId == id && IsCurrent(h));
                        _holds.Add(accepted.Hold);
                    }
                }

                hold = _holds[which % _holds.Count];
            }

            if (Now(_queue.ReceiveAsync(new ReceiveRequest(1 + (which % 3), Delete: false), hold, TimeSpan.Zero, default))
                is ReceiveOutcome.Received received)
            {
                Assert.All(received.Messages, d => Assert.DoesNotContain(d.Message.MessageId!, _completed));
                AssertInOrder(received.Messages);
                _held.AddRange(received.Messages.Select(d => (d, hold)));
            }
        }

        /// <summary>Nothing that is available, in the same session if there are sessions, has a lower number than what came.</summary>
        private void AssertInOrder(IReadOnlyList<Delivery> messages)
        {
            Assert.Equal(messages.Select(m => m.SequenceNumber).Order(), messages.Select(m => m.SequenceNumber));
            foreach (var message in messages)
            {
                Assert.DoesNotContain(_queue.Peek(0, int.MaxValue, message.Message.SessionId), other =>
                    other.Place == MessagePlace.Available && other.SequenceNumber < message.SequenceNumber);
            }
        }

        private void Settle(int which, Settlement settlement)
        {
            if (_held.Count == 0)
            {
                return;
            }

            var (delivery, hold) = _held[which % _held.Count];
            _held.RemoveAt(which % _held.Count);
            if (Now(_queue.SettleAsync(delivery.LockToken, settlement, hold, default)) is not LockOutcome.Done)
            {
                Assert.True(delivery.LockedUntil <= _clock.GetUtcNow() || _sessions); // only an ended lock is refused
                return;
            }

            if (settlement is Settlement.Complete)
            {
                Assert.True(_completed.Add(delivery.Message.MessageId!));
            }
            else if (settlement is Settlement.Defer)
            {
                _deferred.Add(delivery.SequenceNumber);
            }
        }

        private void ReceiveDeferredOrRelease(int which)
        {
            if (_sessions && _holds.Count > 0 && which % 2 == 0)
            {
                Now(_queue.ReleaseSessionAsync(_holds[which % _holds.Count], default));
                _holds.RemoveAt(which % _holds.Count);
            }
            else if (_deferred.Count > 0)
            {
                var hold = _holds.Count == 0 ? null : _holds[which % _holds.Count];
                if ((hold is not null || !_sessions)
                    && Now(_queue.ReceiveDeferredAsync([_deferred[which % _deferred.Count]], false, hold, default))
                        is ReceiveOutcome.Received received)
                {
                    _held.AddRange(received.Messages.Select(d => (d, hold)));
                }
            }
        }

        private bool IsCurrent(SessionHold hold) =>
            Now(_queue.GetSessionStateAsync(hold, default)).Outcome is LockOutcome.Done;

        private static T Now<T>(ValueTask<T> task)
        {
            Assert.True(task.IsCompleted);
            return task.GetAwaiter().GetResult();
        }
    }
}
