namespace EventFunctions.Local.ServiceBus.Amqp.Tests.DotNetSdk;

/// <summary>The endpoint under the .NET SDK, which is what the Service Bus extension of a Functions host speaks.</summary>
public sealed class DotNetSdkTests(DotNetContract contract) : IClassFixture<DotNetContract>
{
    public static TheoryData<string> Contracts => [.. DotNetContract.Names];

    [DotNetSdkTheory]
    [MemberData(nameof(Contracts))]
    public void A_contract_holds(string name) => Assert.True(contract.Outcomes.Of(name) is null, contract.Outcomes.Of(name));

    [Fact]
    public void The_program_has_contracts() => Assert.True(DotNetContract.Names.Count >= 24, $"{DotNetContract.Names.Count}");
}

/// <summary>A test that needs the program beside it; skipped, with what to do, where it is not built.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DotNetSdkTheoryAttribute : TheoryAttribute
{
    public DotNetSdkTheoryAttribute() => Skip = DotNetContract.Missing;
}
