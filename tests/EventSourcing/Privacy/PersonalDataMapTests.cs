namespace EventFunctions.EventSourcing.Tests.Privacy;

/// <summary>What the attributes of a type say is understood, and what they say wrongly is told.</summary>
public sealed class PersonalDataMapTests
{
    [Theory]
    [InlineData(typeof(Profile))]
    [InlineData(typeof(PersonState))]
    [InlineData(typeof(PersonEvent.Named))]
    [InlineData(typeof(ByParameter))]
    [InlineData(typeof(Mailbox))]
    public void A_type_with_marks_and_one_subject_can_be_sealed(Type type)
    {
        var map = PersonalDataMap.Of(type);

        Assert.True(map.HasPersonalData);
        Assert.Empty(map.Problems);
    }

    [Theory]
    [InlineData(typeof(PersonEvent.Moved))]
    [InlineData(typeof(Call))]
    [InlineData(typeof(string))]
    [InlineData(typeof(RawJson))]
    public void A_type_without_marks_has_nothing_to_seal(Type type)
    {
        var map = PersonalDataMap.Of(type);

        Assert.False(map.HasPersonalData);
        Assert.Empty(map.Problems);
    }

    [Theory]
    [InlineData(typeof(Unnamed), "0 properties marked [DataSubject]")]
    [InlineData(typeof(TwiceNamed), "2 properties marked [DataSubject]")]
    [InlineData(typeof(Aged), "cannot be read as \"[erased]\"")]
    public void A_type_that_cannot_be_sealed_says_why(Type type, string problem) =>
        Assert.Contains(problem, Assert.Single(PersonalDataMap.Of(type).Problems), StringComparison.Ordinal);

    [Fact]
    public async Task A_type_that_cannot_be_sealed_is_not_stored_in_clear()
    {
        var world = new SealedWorld();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Vault.SealAsync(new Unnamed("Ann Example"), "place"));
    }

    [Fact]
    public async Task Marks_in_derived_types_are_found()
    {
        var world = new SealedWorld();

        var closed = await world.Vault.SealAsync(new Mailbox("ann", [new Postcard("Dear Ann"), new Call(3)]), "place");

        Assert.DoesNotContain("Dear Ann", closed.ToString(), StringComparison.Ordinal);
        Assert.Equal([new Postcard("Dear Ann"), new Call(3)], (await world.Vault.OpenAsync(closed, "place")).To<Mailbox>()!.Messages);
    }
}
