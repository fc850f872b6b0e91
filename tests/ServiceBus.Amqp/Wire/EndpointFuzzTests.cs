namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;

/// <summary>Peers that send rubbish at any point of a connection harm nobody else.</summary>
public sealed class EndpointFuzzTests
{
    [Fact]
    public async Task Rubbish_ends_its_own_connection_and_the_endpoint_serves_on()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var random = new Random(11);
        for (var i = 0; i < 60; i++)
        {
            using var client = i % 3 == 0 ? await WireClient.ConnectAsync(endpoint.Port)
                : i % 3 == 1 ? await WireClient.OpenAsync(endpoint.Port)
                : await WireClient.BeginAsync(endpoint.Port);
            var rubbish = new byte[8 + random.Next(200)];
            random.NextBytes(rubbish);
            if (i % 2 == 0)
            {
                rubbish[0] = rubbish[1] = 0; // small enough to be taken for a frame
                (rubbish[2], rubbish[4], rubbish[5]) = (0, 2, 0);
                rubbish[3] = (byte)rubbish.Length;
            }

            await client.SendAsync(rubbish);
        }

        using var good = await WireClient.BeginAsync(endpoint.Port);
        await good.AttachAsync(0, "queue-1", receives: false);
        await good.SendAsync(0, new Performative.Transfer(0) { DeliveryId = 0, DeliveryTag = new byte[] { 1 } }, TestMessages.Create("still here"));
        Assert.IsType<DeliveryState.Accepted>((await good.ReceiveAsync<Performative.Disposition>()).State);
        Assert.Equal(1, endpoint.Broker.GetCounts("queue-1").Total);
    }
}
