namespace EventFunctions.EventSourcing.Testing;

/// <summary>
/// A text that is kept in a file beside the tests and must be what the code makes of it: a published shape, a table of costs. A
/// change shows as a difference to look at, and is accepted by writing the file anew.
/// </summary>
/// <param name="path">The file; in the source tree, so that an accepted change is a change to commit.</param>
public sealed class KeptFile(string path)
{
    /// <summary>The environment variable that, set to <c>1</c>, has every kept file written anew instead of compared.</summary>
    public const string RewriteVariable = "REWRITE_KEPT_FILES";

    /// <summary>Compares the file with the text, or writes it anew where <see cref="RewriteVariable"/> says so.</summary>
    /// <param name="actual">What the code makes; its lines may end in either way.</param>
    /// <exception cref="SpecificationFailedException">The file holds another text, or there is none.</exception>
    public void Check(string actual) => Check(actual, Environment.GetEnvironmentVariable(RewriteVariable) == "1");

    /// <summary>Compares the file with the text, or writes it anew.</summary>
    /// <param name="actual">What the code makes; its lines may end in either way.</param>
    /// <param name="isRewritten">Whether the file is to be written.</param>
    /// <exception cref="SpecificationFailedException">The file holds another text, or there is none.</exception>
    public void Check(string actual, bool isRewritten)
    {
        ArgumentNullException.ThrowIfNull(actual);
        var text = Unified(actual);
        if (isRewritten)
        {
            File.WriteAllText(path, text);
            return;
        }

        var kept = File.Exists(path)
            ? Unified(File.ReadAllText(path))
            : throw new SpecificationFailedException($"There is no file '{path}'. Run the test once with {RewriteVariable}=1 to write it.");
        if (kept != text)
        {
            throw new SpecificationFailedException(
                $"'{path}' is not what the code makes (- kept, + made). If the change is meant, run the test once with {RewriteVariable}=1.\n"
                + TextDifference.Between(kept, text));
        }
    }

    private static string Unified(string text) => text.ReplaceLineEndings("\n");
}
