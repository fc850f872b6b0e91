namespace EventFunctions.EventSourcing.Tests.Reading;

public sealed class ContinuationTokenTests
{
    [Theory]
    [InlineData("7")]
    [InlineData("ü \"[{}]\" \u2028")]
    public void A_position_comes_back_for_the_question_it_was_written_for(string position)
    {
        var token = ContinuationToken.Write("question", position);

        Assert.Equal(position, ContinuationToken.Read("question", token));
        Assert.Equal(token, Uri.EscapeDataString(token));
    }

    [Fact]
    public void No_continuation_is_the_beginning() => Assert.Null(ContinuationToken.Read("question", null));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_no_page_gave_is_refused(string continuation) =>
        Assert.Throws<InvalidContinuationException>(() => ContinuationToken.Read("question", continuation));

    [Fact]
    public void Another_questions_continuation_is_refused() =>
        Assert.Throws<InvalidContinuationException>(() => ContinuationToken.Read("another", ContinuationToken.Write("question", "7")));

    [Fact]
    public void A_page_holds_from_1_to_200_events()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventPageRequest(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventPageRequest(EventPage.MaxSize + 1));
        Assert.Equal(EventPage.MaxSize, new EventPageRequest(EventPage.MaxSize).Size);
    }
}
