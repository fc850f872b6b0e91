namespace EventFunctions.Local.ServiceBus.Amqp;

internal sealed partial class AmqpConnection
{
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Shows the peer that this end is there, and looks whether the peer is (AMQP 1.0, part 2, 2.4.5), and whether it has authenticated.
    /// </summary>
    private async Task WatchAsync()
    {
        var began = Endpoint.Clock.GetTimestamp();
        using var timer = new PeriodicTimer(Period, Endpoint.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(Ended))
            {
                timer.Period = Period;
                if (Endpoint.Clock.GetElapsedTime(_lastReceived) > Endpoint.Options.IdleTimeout * 2)
                {
                    Fail(new AmqpError(ErrorCondition.ResourceLimitExceeded, "The peer has been silent for twice the idle time-out."));
                    return;
                }

                if (!Tick(Endpoint.Clock.GetElapsedTime(began)))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (Ended.IsCancellationRequested)
        {
            // The connection is over, and with it the watch.
        }
    }

    /// <summary>Half of the shorter idle time-out of both.</summary>
    private TimeSpan Period
    {
        get
        {
            var own = Endpoint.Options.IdleTimeout;
            var theirs = _remote?.IdleTimeOut is { } idle and > 0 ? TimeSpan.FromMilliseconds(idle) : own;
            var period = (theirs < own ? theirs : own) / 2;
            return period < ShortestPeriod ? ShortestPeriod : _remote is null && period > Endpoint.Options.AuthenticationTimeout ? Endpoint.Options.AuthenticationTimeout : period;
        }
    }

    private bool Tick(TimeSpan age)
    {
        lock (Gate)
        {
            if (Grants.IsEmpty && age > Endpoint.Options.AuthenticationTimeout)
            {
                Fail(new AmqpError(
                    ErrorCondition.UnauthorizedAccess,
                    $"The peer has shown no token within {Endpoint.Options.AuthenticationTimeout.TotalSeconds:0} seconds. Send one to $cbs, or use SASL PLAIN."));
                return false;
            }

            if (!Outbox.WasUsed)
            {
                Outbox.Heartbeat();
            }

            Outbox.WasUsed = false;
            return true;
        }
    }
}
