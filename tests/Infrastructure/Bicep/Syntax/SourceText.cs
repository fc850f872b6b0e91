namespace EventFunctions.Infrastructure.Tests.Bicep.Syntax;

/// <summary>The text of a file, and where in it a position is.</summary>
/// <param name="Path">Relative to the root of the repository, with slashes; what a finding names.</param>
/// <param name="Content">The text.</param>
public sealed record SourceText(string Path, string Content)
{
    /// <summary>The place of an offset, as an editor counts.</summary>
    public Location At(int offset) => new(Path, Content.AsSpan(0, offset).Count('\n') + 1);
}

/// <summary>A place in a file.</summary>
/// <param name="Path">The file, relative to the root of the repository.</param>
/// <param name="Line">Counted from 1.</param>
public sealed record Location(string Path, int Line)
{
    /// <summary>As compilers write it, so that an editor can follow it.</summary>
    public override string ToString() => $"{Path}:{Line}";
}
