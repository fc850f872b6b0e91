using EventFunctions.Http;

namespace EventFunctions.Tests.Http;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-03-01T10:00:00Z", "2026-03-01T10:00:00.0000000+00:00")]
    [InlineData("2026-03-01t10:00:00z", "2026-03-01T10:00:00.0000000+00:00")]
    [InlineData("2026-03-01T10:00:00.25+02:30", "2026-03-01T10:00:00.2500000+02:30")]
    [InlineData("2026-03-01T10:00:00-00:00", "2026-03-01T10:00:00.0000000+00:00")]
    [InlineData("2026-03-01T10:00:00.1234567Z", "2026-03-01T10:00:00.1234567+00:00")]
    [InlineData("2026-03-01T10:00:00.12345679999Z", "2026-03-01T10:00:00.1234567+00:00")]
    public void A_time_is_read_to_the_tick(string text, string time)
    {
        Assert.True(Rfc3339.TryParse(text, out var read));
        Assert.Equal(time, read.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-03-01")]
    [InlineData("2026-03-01T10:00:00")]
    [InlineData("2026-03-01 10:00:00Z")]
    [InlineData("2026-03-01T10:00:00 02:00")]
    [InlineData("2026-03-01T10:00Z")]
    [InlineData("2026-03-01T10:00:00.Z")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("2026-03-01T25:00:00Z")]
    [InlineData("2026-03-01T10:00:00+25:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("2026-03-01T10:00:00Z\n")]
    [InlineData("٢٠٢٦-03-01T10:00:00Z")]
    public void What_is_no_time_or_leaves_the_offset_to_a_guess_is_refused(string text) => Assert.False(Rfc3339.TryParse(text, out _));
}
