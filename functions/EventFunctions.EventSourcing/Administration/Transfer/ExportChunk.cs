namespace EventFunctions.EventSourcing;

/// <summary>A chunk of an export, whole and as it was written.</summary>
/// <param name="Header">Its first line.</param>
/// <param name="Lines">What is between, with the numbers of the lines.</param>
/// <param name="Footer">Its last line.</param>
/// <param name="Check">The checksum before the footer, which the next chunk's header must name.</param>
public sealed record ExportChunk(
    ExportHeader Header, IReadOnlyList<(int Number, ExportContent Content)> Lines, ExportFooter Footer, string Check)
{
    /// <summary>Reads a chunk and checks it before anything of it is used.</summary>
    /// <param name="utf8">The chunk.</param>
    /// <exception cref="ExportFormatException">It is damaged or incomplete.</exception>
    public static ExportChunk Parse(ReadOnlySpan<byte> utf8)
    {
        ExportHeader? header = null;
        ExportFooter? footer = null;
        var check = string.Empty;
        var lines = new List<(int Number, ExportContent Content)>();
        var number = 0;
        foreach (var range in utf8.Split((byte)'\n'))
        {
            var line = utf8[range];
            if (line.IsEmpty && range.End.Value == utf8.Length)
            {
                break;
            }

            number++;
            if (footer is not null)
            {
                throw new ExportFormatException(number, "something follows the footer; a request takes one chunk.");
            }

            var (content, claimed, json) = ExportLine.Read(line, number);
            header ??= HeaderOf(content);
            var before = number == 1 ? header.After : check;
            check = ChecksumChain.After(before, json);
            if (check != claimed)
            {
                throw new ExportFormatException(
                    number, "the check does not fit: this line was changed, or lines before it are missing, doubled or in another order.");
            }

            footer = content.Footer;
            check = footer is null ? check : before;
            if (content.Stream is not null)
            {
                lines.Add((number, content));
            }
            else if (footer is null && number > 1)
            {
                throw new ExportFormatException(number, "neither event, head, tombstone nor footer.");
            }
        }

        return header is not null && footer is not null
            ? new ExportChunk(header, lines, Counted(footer, lines, number), check)
            : throw new ExportFormatException(number + 1, "the footer is missing: the export is incomplete.");
    }

    private static ExportHeader HeaderOf(ExportContent first)
    {
        if (first.Header is not { Format: ExportHeader.FormatName } header)
        {
            throw new ExportFormatException(1, $"the header of an '{ExportHeader.FormatName}' is missing.");
        }

        if (header.After is not { Length: 64 } || !header.After.All(char.IsAsciiHexDigit))
        {
            throw new ExportFormatException(1, "the header does not name the checksum of the chunk before.");
        }

        return header.FormatVersion == ExportHeader.CurrentVersion
            ? header
            : throw new ExportFormatException(
                1, $"the format's version is {header.FormatVersion}; this code reads {ExportHeader.CurrentVersion}. Import with the code that exported.");
    }

    private static ExportFooter Counted(ExportFooter footer, IReadOnlyList<(int Number, ExportContent Content)> lines, int last) =>
        footer.Events == lines.Count(l => l.Content.Event is not null) && footer.Streams == lines.Count(l => l.Content.Head is not null)
            ? footer
            : throw new ExportFormatException(last, $"the footer counts {footer.Events} events and {footer.Streams} streams, and the chunk has others.");
}
