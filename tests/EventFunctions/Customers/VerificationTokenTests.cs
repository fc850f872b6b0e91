using EventFunctions.Customers.Addresses;
using EventFunctions.Domain;

namespace EventFunctions.Tests.Customers;

public sealed class VerificationTokenTests
{
    private static readonly CustomerId Ada = new("ada");
    private readonly VerificationTokens _tokens = new("one-key-of-at-least-thirty-two-chars");

    [Fact]
    public void A_token_is_read_by_the_account_and_key_it_was_made_with_and_tells_the_address()
    {
        var token = _tokens.Create(Ada, 3, tenant: null);

        Assert.Equal(3, _tokens.Read(Ada, token, tenant: null));
        Assert.Equal(token, _tokens.Create(Ada, 3, tenant: null));
        Assert.Null(_tokens.Read(new CustomerId("bob"), token, tenant: null));
        Assert.Null(_tokens.Read(Ada, token, tenant: "acme"));
        Assert.Null(new VerificationTokens("another-key-of-at-least-thirty-two-c").Read(Ada, token, tenant: null));
        Assert.Matches("^[A-Za-z0-9._-]+$", token);
    }

    [Fact]
    public void A_token_for_one_address_is_none_for_another() =>
        Assert.Null(_tokens.Read(Ada, "4" + _tokens.Create(Ada, 3, tenant: null)[1..], tenant: null));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData("1.é")]
    [InlineData("-1.AAAA")]
    [InlineData("99999999999.AAAA")]
    [InlineData("1.AAAA.AAAA")]
    [InlineData("1.AAAA")]
    public void Other_texts_are_no_tokens(string? text) => Assert.Null(_tokens.Read(Ada, text, tenant: null));
}
