namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// A queue in segments: it grows without copying what it has. The first segments are small, for there may be one queue for each of many
/// sessions.
/// </summary>
/// <typeparam name="T">What is in it.</typeparam>
internal sealed class ArrivalQueue<T>
    where T : class
{
    private const int FirstCapacity = 4, MaxCapacity = 512;

    private Segment _first = new(FirstCapacity);
    private Segment _last;
    private int _head;
    private int _tail;

    public ArrivalQueue() => _last = _first;

    /// <summary>The oldest, if there is any.</summary>
    public T? First => _first == _last && _head == _tail ? null : _first.Items[_head];

    public void Enqueue(T item)
    {
        if (_tail == _last.Items.Length)
        {
            _last = _last.Next = new Segment(Math.Min(2 * _tail, MaxCapacity));
            _tail = 0;
        }

        _last.Items[_tail++] = item;
    }

    /// <summary>Takes out the oldest; there must be one.</summary>
    public void Dequeue()
    {
        _first.Items[_head++] = null;
        if (_first == _last)
        {
            if (_head == _tail)
            {
                (_head, _tail) = (0, 0); // empty: the segment is used again from its start
            }
        }
        else if (_head == _first.Items.Length)
        {
            (_first, _head) = (_first.Next!, 0);
        }
    }

    private sealed class Segment(int capacity)
    {
        public T?[] Items { get; } = new T?[capacity];

        public Segment? Next { get; set; }
    }
}
