using System.Reflection;

namespace EventFunctions.Local.Functions.Tests.Support;

/// <summary>An assembly that holds just the given classes, so that each test has an app of its own.</summary>
internal sealed class AssemblyOf(params Type[] types) : Assembly
{
    public override Type[] GetTypes() => types;

    public override AssemblyName GetName() => new("TestApp");
}
