using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

public sealed class EventStoreClientOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8081/", ConnectionMode.Gateway, true)]
    [InlineData("http://localhost:8081/", ConnectionMode.Gateway, true)]
    [InlineData("https://account.documents.azure.com:443/", ConnectionMode.Direct, false)]
    public void An_account_on_this_machine_is_reached_through_its_gateway_alone(string endpoint, ConnectionMode mode, bool isLimited)
    {
        var options = EventStoreClientOptions.ForEndpoint(new Uri(endpoint), "app");

        Assert.Equal((mode, isLimited, "app"), (options.ConnectionMode, options.LimitToEndpoint, options.ApplicationName));
        Assert.False(options.EnableContentResponseOnWrite);
        Assert.Same(EventJson.Options, options.UseSystemTextJsonSerializerWithOptions);
    }

    [Theory]
    [InlineData("AccountEndpoint=http://127.0.0.1:8081/;AccountKey=a2V5;")]
    [InlineData("AccountKey=a2V5; accountendpoint=http://127.0.0.1:8081/")]
    public void The_account_is_taken_from_a_connection_string(string connectionString) =>
        Assert.Equal(ConnectionMode.Gateway, EventStoreClientOptions.ForConnectionString(connectionString, "app").ConnectionMode);

    [Theory]
    [InlineData("AccountKey=a2V5;")]
    [InlineData("AccountEndpoint=here;AccountKey=a2V5;")]
    public void A_connection_string_without_an_account_is_refused(string connectionString) =>
        Assert.Throws<ArgumentException>(() => EventStoreClientOptions.ForConnectionString(connectionString, "app"));
}
