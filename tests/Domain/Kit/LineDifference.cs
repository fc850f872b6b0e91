namespace EventFunctions.Domain.Tests.Kit;

/// <summary>What two texts do not share, as the lines between their common beginning and their common end.</summary>
internal static class LineDifference
{
    public static string Of(string before, string after)
    {
        var (old, @new) = (before.Split('\n'), after.Split('\n'));
        var shared = Math.Min(old.Length, @new.Length);
        var head = Common(old, @new, shared);
        var tail = Common(old.Reverse(), @new.Reverse(), shared - head);
        return string.Join('\n', old[head..^tail].Select(line => "- " + line).Concat(@new[head..^tail].Select(line => "+ " + line)));
    }

    private static int Common(IEnumerable<string> one, IEnumerable<string> other, int most) =>
        one.Zip(other).Take(most).TakeWhile(pair => pair.First == pair.Second).Count();
}

public sealed class LineDifferenceTests
{
    [Theory]
    [InlineData("a\nb\nc", "a\nb\nc", "")]
    [InlineData("a\nb\nc", "a\nx\nc", "- b\n+ x")]
    [InlineData("a\nb\nc", "a\nc", "- b")]
    [InlineData("a\nc", "a\nb\nc", "+ b")]
    [InlineData("a\na\na", "a\na", "- a")]
    [InlineData("a\nb\nc", "a\nc\nb", "- b\n- c\n+ c\n+ b")]
    [InlineData("", "a", "- \n+ a")]
    public void The_lines_that_changed_are_shown(string before, string after, string shown) =>
        Assert.Equal(shown, LineDifference.Of(before, after));
}
