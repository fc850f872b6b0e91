namespace EventFunctions.EventSourcing.Tests.Schemas;

public sealed class XmlDocumentationTests
{
    private static readonly XmlDocumentation Texts = XmlDocumentation.Parse(
        [
            """
            <doc><members>
              <member name="T:EventFunctions.EventSourcing.Tests.Schemas.Part">
                <summary>
                A part: one <c>code</c>,
                <see langword="null"/> is none, see <see cref="P:EventFunctions.EventSourcing.Tests.Schemas.Part.Code"/> and
                <paramref name="TheLabel"/>, <see cref="M:System.String.Join(System.Char,System.Object[])">joined</see>.
                </summary>
              </member>
              <member name="P:EventFunctions.EventSourcing.Tests.Schemas.Part.Code"><summary>The code.</summary></member>
              <member name="T:EventFunctions.EventSourcing.Tests.Schemas.Doll">
                <summary>
                Kind <see cref="F:EventFunctions.EventSourcing.EventDocument.EventKind"/>, up to
                <see cref="F:EventFunctions.EventSourcing.EventDocument.MaxVersion"/>,
                <see cref="F:EventFunctions.EventSourcing.ProjectionOutcome.Applied"/>, <see cref="F:Un.Known"/>.
                </summary>
              </member>
            </members></doc>
            """,
            """
            <doc><members>
              <member name="T:EventFunctions.EventSourcing.Tests.Schemas.Elsewhere.Part"><summary>Another one.</summary></member>
              <member name="P:EventFunctions.EventSourcing.Tests.Schemas.Part.Code"><summary>A second file's word for the same.</summary></member>
              <member name="M:EventFunctions.EventSourcing.Tests.Schemas.Part.#ctor"><param name="x">Without a summary.</param></member>
            </members></doc>
            """,
        ],
        typeof(EventDocument).Assembly);

    [Fact]
    public void A_constant_is_told_by_its_value_and_the_member_of_an_enumeration_by_its_name() => Assert.Equal(
        "Kind event, up to 9999999999, Applied, Known.", Texts.OfType(typeof(Doll)));

    [Fact]
    public void A_summary_is_plain_text_on_one_line() => Assert.Equal(
        "A part: one code, null is none, see Code and theLabel, joined.", Texts.OfType(typeof(Part)));

    [Fact]
    public void Properties_and_nested_types_are_found_and_what_is_not_told_is_null()
    {
        Assert.Equal("The code.", Texts.OfProperty(typeof(Part), nameof(Part.Code)));
        Assert.Equal("Another one.", Texts.OfType(typeof(Elsewhere.Part)));
        Assert.Null(Texts.OfProperty(typeof(Part), nameof(Part.Label)));
        Assert.Null(Texts.OfType(typeof(Label)));
    }

    [Fact]
    public void The_files_that_the_compiler_writes_are_read() => Assert.Equal(
        "When the event was decided, UTC.", XmlDocumentation.Of(typeof(EventDocument).Assembly).OfProperty(typeof(EventDocument), nameof(EventDocument.Time)));

    [Fact]
    public void A_missing_file_is_named_with_its_remedy()
    {
        var exception = Assert.Throws<FileNotFoundException>(() => XmlDocumentation.Of(typeof(FsCheck.Config).Assembly));

        Assert.Contains("GenerateDocumentationFile", exception.Message, StringComparison.Ordinal);
    }
}
