using System.CommandLine;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Local.Host.CommandLine;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Host.Administration;

/// <summary>
/// <c>create-store</c>: makes the database and its containers in an emulator of Cosmos DB, as this process makes its own. The app cannot: on
/// Azure its identity may not, and a deployment has made them.
/// </summary>
internal static class CreateStoreCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var connection = new Option<string>("--connection")
        {
            Description = "The connection string of the emulator; a value of CosmosConnection in local.settings.json.",
            HelpName = "STRING",
            Required = true,
        };
        connection.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !text.Contains("AccountEndpoint=", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError("--connection: a connection string of Cosmos DB reads AccountEndpoint=…;AccountKey=…");
            }
        });
        var database = new Option<string>("--database")
        {
            Description = "The name of the database; a value of CosmosDatabase.",
            HelpName = "NAME",
            DefaultValueFactory = _ => LocalRuntime.DatabaseName,
        };
        var command = new Command("create-store", "Creates the database and the containers of infra/containers.json in an emulator of Cosmos DB; what is there stays.") { connection, database };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(connection), parsed.GetRequiredValue(database), Console.Out, Console.Error, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(
        string connectionString, string database, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var definition = await StoreDefinition.LoadAsync(OutputFiles.Containers, cancellationToken);
            using var client = new CosmosClient(
                connectionString, EventStoreClientOptions.ForConnectionString(connectionString, "EventFunctions.Local"));
            await definition.CreateAsync(client, database, cancellationToken);
            await output.WriteLineAsync($"The database '{database}' has the containers {string.Join(", ", definition.Containers.Select(c => c.Name))}.");
            return ExitCodes.Success;
        }
        catch (Exception exception) when (exception is CosmosException or HttpRequestException or ArgumentException or LocalRuntimeException)
        {
            await error.WriteLineAsync($"error: the store cannot be made: {exception.Message}");
            return ExitCodes.Failure;
        }
    }
}
