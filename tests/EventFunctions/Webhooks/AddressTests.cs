using System.Net;
using System.Net.Sockets;
using EventFunctions.Webhooks.Sending;

namespace EventFunctions.Tests.Webhooks;

/// <summary>An outsider's webhook reaches the public internet and nothing of ours.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.254")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public async Task An_address_that_is_not_public_is_not_connected_to(string address)
    {
        var resolver = new FixedResolver(IPAddress.Parse(address));
        var connection = new GuardedConnection(resolver, allowsPrivate: false);

        var refusal = await Assert.ThrowsAsync<ForbiddenAddressException>(() => connection.ConnectAsync(new DnsEndPoint("outsider.test", 443), CancellationToken.None).AsTask());

        Assert.Contains("outsider.test", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void An_address_on_the_public_internet_is_let_through(string address) => Assert.True(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Fact]
    public async Task One_address_of_several_that_is_not_public_refuses_the_name()
    {
        var connection = new GuardedConnection(new FixedResolver(IPAddress.Parse("1.1.1.1"), IPAddress.Loopback), allowsPrivate: false);

        await Assert.ThrowsAsync<ForbiddenAddressException>(() => connection.ConnectAsync(new DnsEndPoint("outsider.test", 443), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_the_checked_address_is_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var resolver = new FixedResolver(IPAddress.Loopback);
        var connection = new GuardedConnection(resolver, allowsPrivate: true);

        await using var stream = await connection.ConnectAsync(
            new DnsEndPoint("a-name-that-no-server-knows.invalid", ((IPEndPoint)listener.LocalEndpoint).Port), CancellationToken.None);
        using var accepted = await listener.AcceptTcpClientAsync();

        Assert.True(accepted.Connected);
        Assert.Equal(["a-name-that-no-server-knows.invalid"], resolver.Asked);
    }

    [Theory]
    [InlineData("https://outsider.test/hooks?x=1")]
    [InlineData("https://1.1.1.1/")]
    [InlineData("https://outsider.test:8443/")]
    public void An_address_that_may_be_registered(string url) => Assert.Null(WebhookUrl.ProblemOf(url, allowsPrivate: false));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/hooks")]
    [InlineData("http://outsider.test/")]
    [InlineData("ftp://outsider.test/")]
    [InlineData("https://user:password@outsider.test/")]
    [InlineData("https://outsider.test/#part")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST/")]
    [InlineData("https://it.localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://169.254.169.254/metadata")]
    public void An_address_that_may_not(string? url) => Assert.NotNull(WebhookUrl.ProblemOf(url, allowsPrivate: false));

    [Theory]
    [InlineData("http://127.0.0.1:7080/hooks", true)]
    [InlineData("http://localhost/hooks", true)]
    [InlineData("ftp://127.0.0.1/", false)]
    public void On_ones_own_machine_more_is_allowed(string url, bool isAllowed) => Assert.Equal(isAllowed, WebhookUrl.ProblemOf(url, allowsPrivate: true) is null);

    private sealed class FixedResolver(params IReadOnlyList<IPAddress> addresses) : IHostResolver
    {
        public List<string> Asked { get; } = [];

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            Asked.Add(host);
            return Task.FromResult(addresses);
        }
    }
}
