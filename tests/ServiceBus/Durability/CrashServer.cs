using System.Globalization;
using System.Net.Sockets;

namespace EventFunctions.Local.ServiceBus.Tests.Durability;

/// <summary>Does to a broker what comes over connections.</summary>
internal static class CrashServer
{
    public static async Task ServeAsync(TcpListener listener, ServiceBusBroker broker)
    {
        while (true)
        {
            var connection = await listener.AcceptTcpClientAsync();
            _ = Task.Run(async () =>
            {
                using (connection)
                using (var reader = new StreamReader(connection.GetStream()))
                await using (var writer = new StreamWriter(connection.GetStream()) { AutoFlush = true })
                {
                    while (await reader.ReadLineAsync() is { } line)
                    {
                        await writer.WriteLineAsync(CrashProtocol.Write(await DoAsync(broker, CrashProtocol.Read<CrashRequest>(line))));
                    }
                }
            });
        }
    }

    private static async Task<CrashAnswer> DoAsync(ServiceBusBroker broker, CrashRequest request)
    {
        if (request.Do is "send" or "schedule" or "cancel")
        {
            return await SendAsync(broker.FindTarget(request.Path)!, request);
        }

        var queue = broker.FindQueue(request.Path)!;
        var hold = request.SessionToken == Guid.Empty ? null : new SessionHold(request.Session!, request.SessionToken, default);
        switch (request.Do)
        {
            case "peek":
                return new CrashAnswer(true, "")
                {
                    Messages = [.. queue.Peek(request.Sequence, request.Count, null).Select(d => MessageOf(d, d.Place.ToString()))],
                };
            case "receive" or "take":
                var received = await queue.ReceiveAsync(new ReceiveRequest(request.Count, Delete: request.Do == "take"), hold, TimeSpan.Zero, CancellationToken.None);
                return received is ReceiveOutcome.Received got
                    ? new CrashAnswer(true, "") { Messages = [.. got.Messages.Select(d => MessageOf(d, "Locked"))] }
                    : new CrashAnswer(false, received.GetType().Name);
            case "accept":
                return await queue.AcceptSessionAsync(request.Session!, CancellationToken.None) is AcceptOutcome.Accepted accepted
                    ? new CrashAnswer(true, "") { SessionToken = accepted.Hold.LockToken }
                    : new CrashAnswer(false, "held");
            case "get-state":
                var (outcome, state) = await queue.GetSessionStateAsync(hold!, CancellationToken.None);
                return Answer(outcome) with { State = state is { } bytes ? BitConverter.ToInt32(bytes.Span) : 0 };
            case "state":
                return Answer(await queue.SetSessionStateAsync(hold!, BitConverter.GetBytes(request.State), CancellationToken.None));
            case "complete":
                return Answer(await queue.SettleAsync(request.Token, new Settlement.Complete(), hold, CancellationToken.None));
            case "dead-letter":
                return Answer(await queue.SettleAsync(request.Token, new Settlement.DeadLetter("tested", null, null), hold, CancellationToken.None));
            default:
                throw new InvalidOperationException(request.Do);
        }
    }

    private static async Task<CrashAnswer> SendAsync(ISendTarget target, CrashRequest request)
    {
        if (request.Do == "cancel")
        {
            return new CrashAnswer(await target.CancelScheduledAsync([request.Sequence], CancellationToken.None) is CancelOutcome.Cancelled, "cancel");
        }

        var outcome = await target.SendAsync(
            [.. request.Numbers.Select(n => new BrokerMessage
            {
                MessageId = n.ToString(CultureInfo.InvariantCulture),
                SessionId = request.Session,
                ScheduledEnqueueTime = request.Do == "schedule" ? DateTimeOffset.UtcNow + TimeSpan.FromDays(1) : null,
                Body = new byte[n % 1500],
                Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["number"] = n },
            })],
            CancellationToken.None);
        return outcome is SendOutcome.Accepted accepted
            ? new CrashAnswer(true, "") { Messages = [.. accepted.SequenceNumbers.Zip(request.Numbers, (s, n) => new CrashMessage(n, s, default, "", 0))] }
            : new CrashAnswer(false, outcome.GetType().Name);
    }

    private static CrashMessage MessageOf(Delivery delivery, string place) => new(
        int.Parse(delivery.Message.MessageId!, CultureInfo.InvariantCulture), delivery.SequenceNumber, delivery.LockToken, place, delivery.DeliveryCount);

    private static CrashAnswer Answer(LockOutcome outcome) => new(outcome is LockOutcome.Done, outcome.GetType().Name);
}
