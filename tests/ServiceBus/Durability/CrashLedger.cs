namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>Where each message of a queue may be by all that was acknowledged, and by what was asked and got no answer. For many threads.</summary>
internal sealed class CrashLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Place> _may = [];

    [Flags]
    public enum Place
    {
        None = 0,

        /// <summary>Not there: not sent, or completed, or cancelled.</summary>
        Gone = 1,

        /// <summary>In the queue, or where that forwards to.</summary>
        Queue = 2,

        /// <summary>In the dead-letter queue.</summary>
        Dead = 4,
    }

    /// <summary>How many were acknowledged to have come, and to have gone.</summary>
    public (int Sent, int Settled) Acknowledged { get; private set; }

    /// <summary>It is being asked that these go there.</summary>
    public void Ask(IEnumerable<int> numbers, Place to)
    {
        lock (_gate)
        {
            foreach (var number in numbers)
            {
                _may[number] = _may.GetValueOrDefault(number, Place.Gone) | to;
            }
        }
    }

    /// <summary>They did.</summary>
    public void Acknowledge(IEnumerable<int> numbers, Place at)
    {
        lock (_gate)
        {
            foreach (var number in numbers)
            {
                _may[number] = at;
                Acknowledged = at == Place.Queue ? Acknowledged with { Sent = Acknowledged.Sent + 1 } : Acknowledged with { Settled = Acknowledged.Settled + 1 };
            }
        }
    }

    /// <summary>Whether it is known to be gone: then nobody may receive it.</summary>
    public bool IsGone(int number)
    {
        lock (_gate)
        {
            return _may.GetValueOrDefault(number, Place.Gone) == Place.Gone;
        }
    }

    /// <summary>Compares with what is there, each message once; that is known from then on.</summary>
    public void Check(string path, IReadOnlyList<int> queue, IReadOnlyList<int> dead)
    {
        lock (_gate)
        {
            var found = new Dictionary<int, Place>();
            foreach (var (number, place) in queue.Select(n => (n, Place.Queue)).Concat(dead.Select(n => (n, Place.Dead))))
            {
                Assert.True(found.TryAdd(number, place), $"{path}: message {number} is there twice");
                Assert.True(_may.ContainsKey(number), $"{path}: nobody has sent message {number}");
            }

            foreach (var (number, may) in _may.ToList())
            {
                var at = found.GetValueOrDefault(number, Place.Gone);
                Assert.True(may.HasFlag(at), $"{path}: message {number} is {at}, but may be {may}");
                _may[number] = at;
            }
        }
    }
}
