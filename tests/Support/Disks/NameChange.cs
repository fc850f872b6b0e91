namespace EventFunctions.Tests.Support.Disks;

/// <summary>A name that a folder has no longer, or has now; or both, in one step.</summary>
internal sealed record NameChange(string? Removed, string? Added, SimulatedFile? File)
{
    public void ApplyTo(Dictionary<string, SimulatedFile> names)
    {
        if (Removed is not null)
        {
            names.Remove(Removed);
        }

        if (Added is not null)
        {
            names[Added] = File!;
        }
    }
}
