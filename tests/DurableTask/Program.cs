using EventFunctions.Local.DurableTask.Tests.Durability;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>Runs the engine of a folder until it is killed: what <see cref="CrashTests"/> starts.</summary>
internal static class Program
{
    /// <summary>Printed before the folder is opened.</summary>
    public const string Opening = "opening";

    /// <summary>Printed for everything that gets done.</summary>
    public const string Done = "+";

    /// <summary>The argument that has it start nothing new, and wait until all has ended.</summary>
    public const string Finish = "finish";

    /// <summary>Printed when all has ended.</summary>
    public const string Finished = "finished";

    /// <param name="args">The folder, the ledger's file, a seed, and <see cref="Finish"/> or nothing.</param>
    public static async Task<int> Main(string[] args)
    {
        Console.WriteLine(Opening);
        await using var load = await CrashLoad.OpenAsync(args[0], args[1], new Random(int.Parse(args[2])));
        if (args.Length > 3)
        {
            await load.FinishAsync();
            Console.WriteLine(Finished);
        }
        else
        {
            await load.RunAsync();
        }

        return 0;
    }
}
