using System.Globalization;
using System.Net.Sockets;
using EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;
using EventFunctions.Local.ServiceBus.Tests.Durability;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Durability;

/// <summary>
/// The one who uses a queue: in turns it sends a number of messages at once, and settles some of those that have come. It keeps a ledger of
/// what it asked for and what it was told.
/// </summary>
internal sealed class CrashWorker(string queue, CrashLedger ledger, Random random)
{
    private const uint Sending = 0, Receiving = 1, Credit = 1_000;
    private const int InFlight = 16;

    private readonly Random _random = random;
    private int _nextNumber;

    public string Queue { get; } = queue;

    public CrashLedger Ledger { get; } = ledger;

    /// <summary>Works on a connection until that breaks.</summary>
    /// <param name="port">Where.</param>
    /// <param name="acknowledged">Is told of each answer.</param>
    public async Task WorkAsync(int port, Action acknowledged)
    {
        try
        {
            using var client = await WireClient.BeginAsync(port, incomingWindow: Credit);
            await client.AttachAsync(Sending, Queue, receives: false);
            await client.AttachAsync(Receiving, Queue, receives: true);
            await client.GiveCreditAsync(Receiving, Credit);
            var turn = new Turn(this, client, acknowledged);
            while (await turn.SendAsync() && await turn.SettleAsync())
            {
            }
        }
        catch (SocketException)
        {
            // Killed, too, while something was on its way to it.
        }
    }

    /// <summary>What goes on over one connection.</summary>
    private sealed class Turn(CrashWorker worker, WireClient client, Action acknowledged)
    {
        private readonly Dictionary<uint, int> _sent = [];
        private readonly Dictionary<uint, (int Number, CrashLedger.Place To)> _settled = [];
        private readonly List<(uint Delivery, int Number)> _held = [];
        private uint _delivery;

        /// <returns>Whether the connection is still there.</returns>
        public async Task<bool> SendAsync()
        {
            for (var i = 0; i < InFlight; i++)
            {
                var number = worker._nextNumber++;
                worker.Ledger.Ask([number], CrashLedger.Place.Queue);
                _sent.Add(_delivery, number);
                var transfer = new Performative.Transfer(Sending) { DeliveryId = _delivery, DeliveryTag = BitConverter.GetBytes(_delivery), MessageFormat = 0 };
                _delivery++;
                await client.SendAsync(0, transfer, TestMessages.Create(new byte[number % 1_500], number.ToString(CultureInfo.InvariantCulture)));
            }

            return await AnsweredAsync(() => _sent.Count == 0);
        }

        /// <returns>Whether the connection is still there.</returns>
        public async Task<bool> SettleAsync()
        {
            var some = _held.Where(_ => worker._random.Next(3) > 0).ToList();
            _held.RemoveAll(some.Contains);
            foreach (var (delivery, number) in some)
            {
                var to = worker._random.Next(4) == 0 ? CrashLedger.Place.Dead : CrashLedger.Place.Gone;
                worker.Ledger.Ask([number], to);
                _settled.Add(delivery, (number, to));
                DeliveryState state = to == CrashLedger.Place.Dead ? new DeliveryState.Rejected(null) : DeliveryState.Accept;
                await client.SendAsync(0, new Performative.Disposition(IsReceiver: true, delivery, delivery, Settled: false, state));
            }

            return await AnsweredAsync(() => _settled.Count == 0);
        }

        private async Task<bool> AnsweredAsync(Func<bool> condition)
        {
            while (!condition())
            {
                var (performative, payload) = await client.ReceiveFrameAsync();
                switch (performative)
                {
                    case null:
                        return false;
                    case Performative.Transfer { DeliveryId: { } delivery }:
                        Hold(delivery, payload);
                        break;
                    case Performative.Disposition disposition:
                        for (var delivery = disposition.First; delivery <= disposition.Last; delivery++)
                        {
                            Acknowledge(disposition, delivery);
                        }

                        break;
                    case var other:
                        Assert.True(other is Performative.Flow, $"Instead of an answer there is: {other}");
                        break;
                }
            }

            return true;
        }

        private void Hold(uint delivery, byte[] payload)
        {
            var reader = AmqpMessage.Read(payload);
            var number = int.Parse((string)reader.Properties![0]!, CultureInfo.InvariantCulture);
            Assert.False(worker.Ledger.IsGone(number), $"{worker.Queue}: message {number} came back");
            _held.Add((delivery, number));
        }

        private void Acknowledge(Performative.Disposition disposition, uint delivery)
        {
            if (disposition.IsReceiver)
            {
                Assert.IsType<DeliveryState.Accepted>(disposition.State);
                Assert.True(_sent.Remove(delivery, out var number));
                worker.Ledger.Acknowledge([number], CrashLedger.Place.Queue);
            }
            else
            {
                Assert.True(_settled.Remove(delivery, out var done));
                worker.Ledger.Acknowledge([done.Number], done.To);
            }

            acknowledged();
        }
    }
}
