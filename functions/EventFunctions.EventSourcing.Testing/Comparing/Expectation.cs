namespace EventFunctions.EventSourcing.Testing;

/// <summary>Fails a specification with the difference between what it expects and what happened.</summary>
internal static class Expectation
{
    /// <summary>Fails unless both lists hold the same values in the same order.</summary>
    public static void SameInOrder(string what, IReadOnlyCollection<object> expected, IReadOnlyCollection<object> actual)
    {
        if (expected.Count != actual.Count || !expected.Zip(actual, Described.AreSame).All(same => same))
        {
            throw Differs(what, Described.OfAll(expected), Described.OfAll(actual));
        }
    }

    /// <summary>Fails unless both values are the same.</summary>
    public static void Same(string what, object? expected, object? actual)
    {
        if (!Described.AreSame(expected, actual))
        {
            throw Differs(what, Described.Of(expected), Described.Of(actual));
        }
    }

    /// <summary>Fails unless both texts are equal.</summary>
    public static void SameText(string what, string expected, string actual)
    {
        if (expected != actual)
        {
            throw Differs(what, expected, actual);
        }
    }

    /// <summary>A failure that shows both texts and where they differ.</summary>
    public static SpecificationFailedException Differs(string what, string expected, string actual)
    {
        // Values that are written alike can still be unequal: then the types differ.
        var difference = TextDifference.Between(expected, actual);
        return new SpecificationFailedException(
            $"{what}: not as specified (- expected, + actual).\n{(difference.Length > 0 ? difference : "The two are written alike, but their types differ.")}");
    }
}
