using Place = EventFunctions.Local.ServiceBus.Tests.Durability.CrashLedger.Place;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>Sends to a session and receives from it in order; its hold on it goes on over the broker's deaths.</summary>
internal sealed class SessionWorker(string session, CrashLedger ledger, int first, Random random)
{
    private int _next = first;
    private int _lastCompleted = first - 1;
    private Guid _token;
    private int _state;
    private int? _askedState;

    /// <summary>How often a token of an earlier run was still good.</summary>
    public int HeldOn { get; private set; }

    /// <summary>Works until there is no answer.</summary>
    public async Task WorkAsync(CrashClient client, Action acknowledged)
    {
        try
        {
            HeldOn += _token != Guid.Empty && await CheckStateAsync(client) ? 1 : 0;
            while (true)
            {
                await (random.Next(3) switch
                {
                    0 => SendAsync(client),
                    1 when _token != Guid.Empty => SetStateAsync(client),
                    _ => ReceiveAsync(client),
                });
                acknowledged();
            }
        }
        catch (IOException)
        {
            // Killed.
        }
    }

    private async Task<bool> CheckStateAsync(CrashClient client)
    {
        var answer = await client.AskAsync(Request("get-state"));
        if (answer.Done)
        {
            Assert.True(answer.State == _state || answer.State == _askedState, $"{session}: its state is {answer.State}, not {_state} or {_askedState}");
            (_state, _askedState) = (answer.State, null);
            return true;
        }

        _token = Guid.Empty;
        return false;
    }

    private async Task SetStateAsync(CrashClient client)
    {
        _askedState = _state + 1;
        var answer = await client.AskAsync(Request("state") with { State = _state + 1 });
        if (answer.Done)
        {
            _state++;
        }
        else
        {
            _token = Guid.Empty;
        }

        _askedState = null;
    }

    private async Task SendAsync(CrashClient client)
    {
        var numbers = Enumerable.Range(0, random.Next(1, 4)).Select(_ => _next++).ToList();
        ledger.Ask(numbers, Place.Queue);
        Assert.True((await client.AskAsync(new CrashRequest("send", CrashProtocol.Sessions) { Session = session, Numbers = numbers })).Done);
        ledger.Acknowledge(numbers, Place.Queue);
    }

    private async Task ReceiveAsync(CrashClient client)
    {
        if (_token == Guid.Empty)
        {
            var accepted = await client.AskAsync(new CrashRequest("accept", CrashProtocol.Sessions) { Session = session });
            if (!accepted.Done)
            {
                return; // held by the one that got no answer, until its lock ends
            }

            _token = accepted.SessionToken;
            await CheckStateAsync(client);
        }

        var received = await client.AskAsync(Request("receive"));
        _token = received.Done ? _token : Guid.Empty;
        foreach (var message in received.Messages)
        {
            // What was handed out in an answer that did not come is still with us, by its lock: the next ones come first, and it comes
            // back when the lock has ended.
            Assert.False(ledger.IsGone(message.Number), $"{session}: message {message.Number} comes back");
            Assert.True(message.Deliveries > 0 || message.Number > _lastCompleted, $"{session}: message {message.Number} comes after {_lastCompleted}");
            ledger.Ask([message.Number], Place.Gone);
            if ((await client.AskAsync(Request("complete") with { Token = message.Token })).Done)
            {
                ledger.Acknowledge([message.Number], Place.Gone);
                _lastCompleted = Math.Max(_lastCompleted, message.Number);
            }

        }
    }

    private CrashRequest Request(string what) => new(what, CrashProtocol.Sessions) { Session = session, SessionToken = _token };
}
