using System.Text;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;

/// <summary>How connections begin, are kept, and end.</summary>
public sealed class ConnectionTests
{
    [Theory]
    [InlineData("AMQP\0\0\u0009\u0001")]
    [InlineData("AMQP\u0002\u0001\0\0")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    public async Task A_protocol_that_is_not_served_is_answered_with_the_one_that_is_and_the_end(string greeting)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await WireClient.ConnectAsync(endpoint.Port);

        await client.SendAsync(Encoding.ASCII.GetBytes(greeting));

        Assert.Equal(ProtocolHeader.Sasl.ToArray(), await client.ReceiveBytesAsync(8));
        Assert.True(await client.IsEndedAsync());
    }

    [Theory]
    [InlineData("RootManageSharedAccessKey", "wrong")]
    [InlineData("somebody", "SAS_KEY_VALUE")]
    public async Task A_wrong_name_or_key_ends_the_connection(string name, string key)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await WireClient.ConnectAsync(endpoint.Port);
        await client.SendAsync(ProtocolHeader.Sasl.ToArray());
        await client.ReceiveBytesAsync(8);
        var mechanisms = await client.ReceiveSaslAsync();
        Assert.Equal(["MSSBCBS", "PLAIN", "ANONYMOUS"], mechanisms.Symbols(0));

        await client.SendSaslAsync("PLAIN", WireClient.Plain(name, key));

        Assert.Equal((byte)1, (await client.ReceiveSaslAsync())[0]);
        Assert.True(await client.IsEndedAsync());
    }

    [Fact]
    public async Task A_mechanism_that_is_not_offered_ends_the_connection()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await WireClient.ConnectAsync(endpoint.Port);
        await client.SendAsync(ProtocolHeader.Sasl.ToArray());
        await client.ReceiveBytesAsync(8);
        await client.ReceiveSaslAsync();

        await client.SendSaslAsync("GSSAPI", null);

        Assert.Equal((byte)1, (await client.ReceiveSaslAsync())[0]);
    }

    [Fact]
    public async Task A_frame_that_is_too_large_ends_the_connection_and_says_so()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await WireClient.OpenAsync(endpoint.Port);

        await client.SendAsync(Convert.FromHexString("00100000" + "02000000"));

        var error = await client.ClosedAsync();
        Assert.Equal(ErrorCondition.FramingError, error?.Condition);
        Assert.Contains("65536 are taken", error!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_value_end_the_connection_and_no_other()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var good = await WireClient.BeginAsync(endpoint.Port);
        using var bad = await WireClient.OpenAsync(endpoint.Port);

        await bad.SendAsync(Convert.FromHexString("0000000c" + "02000000" + "ffffffff"));

        Assert.Equal(ErrorCondition.DecodeError, (await bad.ClosedAsync())?.Condition);
        Assert.NotNull((await good.AttachAsync(0, "queue-1", receives: false)).Target);
    }

    [Fact]
    public async Task A_close_is_answered()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await WireClient.OpenAsync(endpoint.Port);

        await client.SendAsync(0, new Performative.Close(null));

        Assert.Null((await client.ReceiveAsync<Performative.Close>()).Error);
        Assert.True(await client.IsEndedAsync());
    }

    [Fact]
    public async Task A_stop_tells_every_connection_why()
    {
        var endpoint = await TestEndpoint.StartAsync();
        using var client = await WireClient.OpenAsync(endpoint.Port);

        var stopping = endpoint.DisposeAsync();

        Assert.Equal(ErrorCondition.ConnectionForced, (await client.ClosedAsync())?.Condition);
        await stopping;
    }

    [Fact]
    public async Task More_connections_than_there_may_be_are_turned_away()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new AmqpOptions { MaxConnections = 2 });
        using var first = await WireClient.OpenAsync(endpoint.Port);
        using var second = await WireClient.OpenAsync(endpoint.Port);
        using var third = await WireClient.ConnectAsync(endpoint.Port);

        Assert.True(await third.ClosedAsync() is null or { Condition: ErrorCondition.ResourceLimitExceeded });
        Assert.True(await third.IsEndedAsync());
    }

    [Fact]
    public async Task A_silent_peer_is_told_that_the_endpoint_is_there_and_is_then_taken_for_gone()
    {
        var clock = new ManualTimeProvider();
        await using var endpoint = await TestEndpoint.StartAsync(new AmqpOptions { IdleTimeout = TimeSpan.FromSeconds(60) }, clock);
        using var client = await WireClient.OpenAsync(endpoint.Port, idleTimeOut: 20_000);
        await Eventually.HoldsAsync(() => clock.PendingTimers > 0, "the endpoint watches the connection");

        var closed = client.ClosedAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                return closed.IsCompleted;
            },
            "the peer was taken for gone");

        Assert.Equal(ErrorCondition.ResourceLimitExceeded, (await closed)?.Condition);
    }

    [Fact]
    public async Task A_peer_without_a_token_is_sent_away()
    {
        var clock = new ManualTimeProvider();
        await using var endpoint = await TestEndpoint.StartAsync(new AmqpOptions { AuthenticationTimeout = TimeSpan.FromSeconds(10) }, clock);
        using var client = await WireClient.OpenAsync(endpoint.Port, isAnonymous: true);

        var closed = client.ClosedAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return closed.IsCompleted;
            },
            "the peer was sent away");

        Assert.Equal(ErrorCondition.UnauthorizedAccess, (await closed)?.Condition);
    }
}
