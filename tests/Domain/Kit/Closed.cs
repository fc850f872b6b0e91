using System.Reflection;

namespace EventFunctions.Domain.Tests.Kit;

/// <summary>What belongs to a closed set, found by reflection, so that a test notices a new member.</summary>
internal static class Closed
{
    public static IEnumerable<string> CasesOf<TBase>() =>
        typeof(TBase).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(TBase)) && !t.IsAbstract).Select(t => t.Name).Order();

    public static IEnumerable<string> CodesOf(Type rejections) =>
        rejections.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => f.GetRawConstantValue()).OfType<string>();
}
