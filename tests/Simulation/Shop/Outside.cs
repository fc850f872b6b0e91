namespace EventFunctions.Tests.Simulation;

/// <summary>Reaches what lies outside of the process: every call can be overtaken, cut off or fail, on the way there and back.</summary>
internal sealed class Outside(Crossing crossing, Faults faults)
{
    /// <summary>The operation that reads a stream's head.</summary>
    public const string Load = "load";

    /// <summary>The operation that appends to a stream.</summary>
    public const string Append = "append";

    /// <summary>Has something take effect there, and brings the answer back.</summary>
    /// <param name="operation">What, by the name it is broken by.</param>
    /// <param name="about">What about, for the trace.</param>
    /// <param name="effect">Takes effect; it waits for nothing.</param>
    public async Task<T> CallAsync<T>(string operation, string about, Func<Task<T>> effect)
    {
        await crossing.PassAsync($"{operation} {about}");
        faults.Before(operation);
        var answer = await effect();
        await crossing.PassAsync($"the answer to {operation} {about}");
        faults.After(operation);
        return answer;
    }

    /// <summary>Asks for something that changes nothing there.</summary>
    public async Task<T> AskAsync<T>(string operation, string about, Func<Task<T>> question)
    {
        await crossing.PassAsync($"{operation} {about}");
        faults.Before(operation);
        return await question();
    }
}
