namespace EventFunctions.Local.ServiceBus.Amqp;

internal sealed partial class AmqpSession
{
    private readonly Dictionary<uint, (OutgoingLink Link, Guid LockToken)> _unsettled = [];
    private uint _nextDeliveryId;

    /// <summary>The id of the next delivery that goes out.</summary>
    public uint NextDeliveryId() => _nextDeliveryId++;

    /// <summary>Remembers a delivery until the peer says what has become of it.</summary>
    public void Remember(uint deliveryId, OutgoingLink link, Guid lockToken) => _unsettled.Add(deliveryId, (link, lockToken));

    /// <summary>Forgets the deliveries of a link; their locks last as long as they last.</summary>
    public void ForgetDeliveries(OutgoingLink link)
    {
        foreach (var (id, delivery) in _unsettled)
        {
            if (delivery.Link == link)
            {
                _unsettled.Remove(id);
            }
        }
    }

    /// <summary>Tells the peer what has become of deliveries.</summary>
    /// <param name="deliveryId">Which.</param>
    /// <param name="received">Whether they came in.</param>
    /// <param name="state">What has become of them.</param>
    public void SendSettled(uint deliveryId, bool received, DeliveryState state) =>
        Send(new Performative.Disposition(received, deliveryId, deliveryId, Settled: true, state));

    private void OnDisposition(Performative.Disposition disposition)
    {
        if (!disposition.IsReceiver || disposition.State is DeliveryState.Received || (disposition.State is null && !disposition.Settled))
        {
            return; // of what came in, both sides have settled all there is; the others are no outcomes
        }

        foreach (var id in Unsettled(disposition.First, disposition.Last))
        {
            _unsettled.Remove(id, out var delivery);
            delivery.Link.Settle(id, delivery.LockToken, disposition.State, mustAnswer: !disposition.Settled);
        }
    }

    /// <summary>The ids of a range that are not settled; ids wrap around (RFC 1982), and a range costs no more than what there is.</summary>
    private List<uint> Unsettled(uint first, uint last)
    {
        var length = last - first;
        var found = new List<uint>();
        if (length > int.MaxValue)
        {
            throw AmqpFormatException.Framing($"A disposition ends with delivery {last}, before it begins with {first}.");
        }

        if (length < (uint)_unsettled.Count)
        {
            for (uint i = 0; i <= length; i++)
            {
                if (_unsettled.ContainsKey(first + i))
                {
                    found.Add(first + i);
                }
            }
        }
        else
        {
            found.AddRange(_unsettled.Keys.Where(id => id - first <= length).OrderBy(id => id - first));
        }

        return found;
    }
}
