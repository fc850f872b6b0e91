using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Checks;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Snippets;

namespace EventFunctions.Infrastructure.Tests.Tests;

[Collection(InfrastructureCollection.Name)]
public sealed class ParametersFileTests(Repository.Infrastructure infrastructure)
{
    private const string File = "infra/main.parameters.json";

    [BicepFact]
    public void The_parameters_file_fits_the_main_file() =>
        Finding.AssertNone(ParametersFileCheck.Run(infrastructure.Files.Source(File), infrastructure.Files.Read(Repository.Infrastructure.Main)));

    [BicepFact]
    public void Every_parameter_can_be_set_from_the_environment()
    {
        var given = ParametersFileCheck.Parameters(infrastructure.Files.ReadText(File)).Select(p => p.Key);

        Assert.Equal(infrastructure.Files.Read(Repository.Infrastructure.Main).All<Parameter>().Select(p => p.Name).Order(), given.Order());
    }

    [BicepTheory]
    [InlineData("""{ "parameters": { "a": { "value": "x" }, "b": { "value": "${B}" }, "c": { "value": 1 } } }""", "infra/main.parameters.json:1: infra/main.bicep has no parameter 'c'")]
    [InlineData("{ \"parameters\": {\n \"b\": { \"value\": 1 } } }", "infra/main.parameters.json:1: the parameter 'a' is missing")]
    public void What_does_not_fit_is_found(string json, string expected)
    {
        var main = new Snippet(infrastructure.Parser, "param a string\nparam b int = 1\noutput o string = '${a}${b}'\n").Read(Snippet.Main);

        Assert.Equal(expected, Assert.Single(ParametersFileCheck.Run(new(File, json), main)).ToString());
    }

    [Fact]
    public void Values_of_the_environment_are_filled_in_and_converted_as_azd_does()
    {
        var values = ParametersFileCheck.Parameters(
            """{ "parameters": { "a": { "value": "${NAME}-x" }, "b": { "value": "${COUNT=7}" }, "c": { "value": "${MISSING}" } } }""",
            new Dictionary<string, string> { ["NAME"] = "shop" }).ToDictionary(p => p.Key, p => p.Value);

        Assert.Equal(new TextValue("shop-x"), values["a"]);
        Assert.Equal(new NumberValue(7), ParametersFileCheck.AsAzdConverts(values["b"], "int"));
        Assert.Equal(new TextValue("7"), ParametersFileCheck.AsAzdConverts(values["b"], "string"));
        Assert.Equal(new FlagValue(true), ParametersFileCheck.AsAzdConverts(new TextValue("true"), "bool"));
        Assert.Equal(new TextValue(""), values["c"]);
    }
}
