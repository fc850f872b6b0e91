using EventFunctions.Infrastructure.Tests.Bicep.Syntax;
using EventFunctions.Infrastructure.Tests.Repository;

namespace EventFunctions.Infrastructure.Tests.Tests;

[Collection(InfrastructureCollection.Name)]
public sealed class SyntaxTests(Repository.Infrastructure infrastructure)
{
    [BicepFact]
    public void Every_bicep_file_can_be_read()
    {
        var paths = RepositoryFiles.Below("infra", "*.bicep").ToList();

        Assert.Contains(Repository.Infrastructure.Main, paths);
        Finding.AssertNone(paths.SelectMany(path => BicepParser.ErrorsIn(infrastructure.Files.Parse(path))));
        Assert.All(paths, path => infrastructure.Files.Read(path));
    }

    [BicepTheory]
    [InlineData("param location string =\n\nvar a = 1", 3)]
    [InlineData("var a = 1\nresource b 'A.B/c@2024-01-01' = {\n  name: 'x'\n", 3)]
    [InlineData("var a = 1\nvar b = {\n  c: [\n}\n", 4)]
    [InlineData("var a = 1\n\nparameter location string", 3)]
    [InlineData("var a = 'not closed\nvar b = 1", 2)]
    public void An_error_is_told_with_its_line(string text, int line)
    {
        var errors = BicepParser.ErrorsIn(infrastructure.Parser.Parse(new SourceText("infra/broken.bicep", text))).ToList();

        Assert.Contains(errors, e => e.ToString().StartsWith("infra/broken.bicep:", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.At.Line <= line);
    }

    [BicepFact]
    public void What_the_parser_cannot_know_is_one_error_and_the_next_file_is_read_all_the_same()
    {
        Assert.NotEmpty(BicepParser.ErrorsIn(infrastructure.Parser.Parse(new SourceText("a.bicep", "= = ="))));
        Assert.Empty(BicepParser.ErrorsIn(infrastructure.Parser.Parse(new SourceText("b.bicep", "var umlaut = 'Größe – 😀'\nvar b = umlaut\n"))));
    }
}
