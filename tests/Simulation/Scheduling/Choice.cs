namespace EventFunctions.Tests.Simulation;

/// <summary>Steps of one kind that could be taken next.</summary>
/// <param name="Weight">How much oftener than others the kind is chosen.</param>
/// <param name="Count">How many there are to choose from.</param>
/// <param name="Take">Takes the step of that number, and tells what it was.</param>
internal readonly record struct Choice(double Weight, int Count, Func<int, string> Take);

/// <summary>Chooses by the seed.</summary>
internal static class Choices
{
    /// <summary>Takes one of the steps: first a kind by its weight, then any of the kind.</summary>
    /// <returns>What was done; <see langword="null"/> if there was nothing to choose from.</returns>
    public static string? TakeOne(this List<Choice> choices, Random random)
    {
        choices.RemoveAll(choice => choice.Count == 0);
        var left = choices.Sum(choice => choice.Weight) * random.NextDouble();
        foreach (var choice in choices)
        {
            left -= choice.Weight;
            if (left < 0)
            {
                return choice.Take(random.Next(choice.Count));
            }
        }

        return choices.Count == 0 ? null : choices[^1].Take(0);
    }
}
