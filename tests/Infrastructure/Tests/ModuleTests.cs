using EventFunctions.Infrastructure.Tests.Checks;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Snippets;

namespace EventFunctions.Infrastructure.Tests.Tests;

[Collection(InfrastructureCollection.Name)]
public sealed class ModuleTests(Repository.Infrastructure infrastructure)
{
    private const string Part = "param given string\nparam optional string = 'x'\nparam nullable string?\noutput made string = '${given}${optional}${nullable}'\n";

    [BicepFact]
    public void Modules_and_those_who_use_them_fit() => Finding.AssertNone(ModuleCheck.Run(
        infrastructure.Files.Bicep().ToDictionary(f => f.Path), Repository.Infrastructure.Main));

    [BicepFact]
    public void What_fits_is_not_complained_of() => Assert.Empty(Check("{\n  params: {\n    given: 'x'\n  }\n}\noutput o string = part.outputs.made\n"));

    [BicepTheory]
    [InlineData("{\n  params: {}\n}\noutput o string = part.outputs.made\n", "infra/main.bicep:1: 'part' is not given the parameter 'given' of infra/modules/part.bicep")]
    [InlineData("{}\noutput o string = part.outputs.made\n", "infra/main.bicep:1: 'part' is not given the parameter 'given' of infra/modules/part.bicep")]
    [InlineData("{\n  params: {\n    given: 'x'\n    extra: 1\n  }\n}\noutput o string = part.outputs.made\n", "infra/main.bicep:4: infra/modules/part.bicep has no parameter 'extra'")]
    [InlineData("{\n  params: {\n    given: 'x'\n  }\n}\noutput o string = '${part.outputs.made}${part.outputs.missing}'\n", "infra/main.bicep:6: infra/modules/part.bicep has no output 'missing'")]
    [InlineData("[for i in range(0, 2): {\n  params: {\n    given: 'x'\n  }\n}]\noutput o string = '${part[0].outputs.made}${part[1].outputs.missing}'\n", "infra/main.bicep:6: infra/modules/part.bicep has no output 'missing'")]
    [InlineData("{\n  params: {\n    given: 'x'\n  }\n}\n", "infra/modules/part.bicep:4: nobody asks for the output 'made'")]
    public void What_does_not_fit_is_found(string body, string expected) => Assert.Equal(expected, Assert.Single(Check(body)).ToString());

    [BicepFact]
    public void A_module_that_is_not_there_and_one_that_nobody_uses_are_found()
    {
        var snippet = new Snippet(infrastructure.Parser, new Dictionary<string, string>
        {
            [Snippet.Main] = "module part 'modules/other.bicep' = {}\n",
            ["infra/modules/part.bicep"] = "var x = 1\n",
        });

        Assert.Equal(
            ["infra/main.bicep:1: there is no file infra/modules/other.bicep", "infra/modules/part.bicep:1: nobody uses this module"],
            ModuleCheck.Run(snippet.Files, Snippet.Main).Select(f => f.ToString()).Order());
    }

    private List<Finding> Check(string body) => [.. ModuleCheck.Run(
        new Snippet(infrastructure.Parser, new Dictionary<string, string>
        {
            [Snippet.Main] = $"module part 'modules/part.bicep' = {body}",
            ["infra/modules/part.bicep"] = Part,
        }).Files,
        Snippet.Main)];
}
