using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>What something waits for.</summary>
internal static class Dependencies
{
    /// <summary>Looks whether everything that <c>dependsOn</c> names can be waited for.</summary>
    /// <exception cref="EvaluationException">Something in it is no resource and no module.</exception>
    public static void Check(ObjectLiteral body, Evaluator evaluator)
    {
        if (body["dependsOn"] is not { } written)
        {
            return;
        }

        var wrong = evaluator.Evaluate(written) is ListValue list
            ? Flat(list).FirstOrDefault(v => v is not (ResourceValue or ModuleValue or AbsentValue))
            : Value.Null;
        if (wrong is not null)
        {
            throw new EvaluationException(written.At, $"what is waited for is a resource or a module, not {wrong.Kind}");
        }
    }

    private static IEnumerable<Value> Flat(ListValue list) => list.Items.SelectMany(i => i is ListValue inner ? Flat(inner) : [i]);
}
