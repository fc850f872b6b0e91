using System.Security.Cryptography;
using System.Text;
using EventFunctions.Shipping.Api;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Partners;

public sealed class CarrierSignatureTests
{
    private const string Secret = "a-secret-of-some-length";
    private static readonly byte[] Body = """{"status":"delivered"}"""u8.ToArray();
    private readonly ManualTimeProvider _clock = new();

    private CarrierSignature Signature => new(Secret, _clock);

    [Fact]
    public void The_carriers_own_signature_is_accepted() => Assert.True(Signature.Signs(Body, Header()));

    [Fact]
    public void The_parts_may_come_in_any_order() =>
        Assert.True(Signature.Signs(Body, string.Join(", ", Header().Split(',').Reverse())));

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_signature_is_good_for_five_minutes_either_way(int age, bool accepted)
    {
        var header = Header(at: _clock.GetUtcNow().AddSeconds(-age));

        Assert.Equal(accepted, Signature.Signs(Body, header));
    }

    [Fact]
    public void A_signature_by_another_secret_is_refused() => Assert.False(Signature.Signs(Body, Header(secret: "another-secret-altogether")));

    [Fact]
    public void A_changed_body_is_refused() => Assert.False(Signature.Signs("""{"status":"Delivered"}"""u8, Header()));

    [Fact]
    public void A_changed_time_is_refused()
    {
        var later = _clock.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds();

        Assert.False(Signature.Signs(Body, $"t={later},{Header().Split(',')[1]}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1")]
    [InlineData("v1=00")]
    [InlineData("t=,v1=")]
    [InlineData("t=-1,v1=00")]
    [InlineData("t=99999999999999999,v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("t=1767268800,v1=zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(",,,=,=")]
    public void What_is_no_signature_is_refused(string? header) => Assert.False(Signature.Signs(Body, header));

    internal static string Sign(byte[] body, string secret, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds();
        var signed = Encoding.UTF8.GetBytes($"{time}.").Concat(body).ToArray();
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }

    private string Header(DateTimeOffset? at = null, string secret = Secret) => Sign(Body, secret, at ?? _clock.GetUtcNow());
}
