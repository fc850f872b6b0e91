using EventFunctions.Local.DurableTask.Tests.Durability;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>Runs the engine of a folder until it is killed: what <see cref="KilledEngine"/> starts.</summary>
internal static class Program
{
    /// <summary>Printed before the folder is opened.</summary>
    public const string Opening = "opening";

    /// <summary>Printed for everything that gets done.</summary>
    public const string Done = "+";

    /// <summary>The argument that has it start nothing new, wait until all has ended, and end.</summary>
    public const string Finish = "finish";

    /// <param name="args">The folder, the ledger's file, a seed, and <see cref="Finish"/> or nothing.</param>
    public static async Task<int> Main(string[] args)
    {
        Console.WriteLine(Opening);
        await using var load = await CrashLoad.OpenAsync(args[0], args[1], new Random(int.Parse(args[2])));
        if (args.Length > 3)
        {
            await load.FinishAsync();
        }
        else
        {
            await load.RunAsync();
        }

        return 0;
    }
}
