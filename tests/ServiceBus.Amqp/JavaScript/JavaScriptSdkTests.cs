namespace EventFunctions.Local.ServiceBus.Amqp.Tests.JavaScript;

/// <summary>The endpoint under the JavaScript SDK, whose AMQP is that of another library than the .NET SDK's.</summary>
public sealed class JavaScriptSdkTests(JavaScriptContract contract) : IClassFixture<JavaScriptContract>
{
    public static TheoryData<string> Contracts => [.. JavaScriptContract.Names];

    [NodeTheory]
    [MemberData(nameof(Contracts))]
    public void A_contract_holds(string name) => Assert.True(contract.Outcomes.Of(name) is null, contract.Outcomes.Of(name));

    [Fact]
    public void The_script_has_contracts() => Assert.True(JavaScriptContract.Names.Count >= 25, $"{JavaScriptContract.Names.Count}");
}

/// <summary>A test that needs Node.js and the packages beside it; skipped, with what to do, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = JavaScriptContract.Missing;
}
