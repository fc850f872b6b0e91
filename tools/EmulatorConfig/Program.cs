using System.CommandLine;
using EventFunctions.EmulatorConfig;
using EventFunctions.Local.ServiceBus;

var check = new Option<bool>("--check") { Description = "Only tells whether the file is current; the exit code is 1 if it is not." };
var command = new RootCommand("Writes infra/emulators/Config.json, the topology of infra/messaging.json as the Service Bus emulator takes it.") { check };
command.SetAction(parsed =>
{
    try
    {
        var file = EmulatorConfigFile.Around(Directory.GetCurrentDirectory());
        var topology = file.Make();
        var isCurrent = file.IsCurrent(topology.Document);
        if (parsed.GetValue(check))
        {
            if (isCurrent)
            {
                return 0;
            }

            Console.Error.WriteLine($"error: {file.FullName} is not current. Run: dotnet run --project tools/EmulatorConfig");
            return 1;
        }

        file.Write(topology.Document);
        Console.WriteLine($"{file.FullName} {(isCurrent ? "is" : "was not and now is")} current. {topology.Clamped.Count} values are the nearest that the emulator allows:");
        foreach (var change in topology.Clamped)
        {
            Console.WriteLine($"  {change}");
        }

        return 0;
    }
    catch (Exception exception) when (exception is EmulatorConfigException or MessagingTopologyException)
    {
        Console.Error.WriteLine($"error: {exception.Message}");
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();
