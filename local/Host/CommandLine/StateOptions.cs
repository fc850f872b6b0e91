using System.CommandLine;

namespace EventFunctions.Local.Host.CommandLine;

/// <summary>The options that say where state is kept: <c>--data DIR</c> or <c>--ephemeral</c>.</summary>
internal sealed class StateOptions
{
    private readonly Option<string> _data;
    private readonly Option<bool> _ephemeral = new("--ephemeral") { Description = "Keeps state in memory only; it is gone after the stop." };

    /// <summary>Makes them.</summary>
    /// <param name="folder">Where state is kept where nothing is said, below the working directory.</param>
    public StateOptions(string folder) =>
        _data = new Option<string>("--data") { Description = "The directory that state is kept in.", HelpName = "DIR", DefaultValueFactory = _ => folder };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_ephemeral);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_ephemeral) && result.GetResult(_data) is { Implicit: false })
            {
                result.AddError("--ephemeral and --data exclude each other: state is in memory, or in a directory.");
            }
        });
    }

    /// <summary>The folder that was asked for; <see langword="null"/> for memory.</summary>
    public string? FolderIn(ParseResult parsed) => parsed.GetValue(_ephemeral) ? null : parsed.GetRequiredValue(_data);
}
