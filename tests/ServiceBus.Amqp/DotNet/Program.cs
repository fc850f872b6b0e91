// What an app, and the Service Bus extension of a Functions host, do with the .NET SDK, against the endpoint whose connection strings are
// the arguments: of messages, and of the administration. Messages are counted at both ends.
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using EventFunctions.ServiceBusContract;

await using var client = new ServiceBusClient(
    args[0], new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(20) } });
var (contracts, entities) = (new Contracts(), new Entities(client));
MessageContracts.Add(contracts, entities);
SessionContracts.Add(contracts, entities, args[0]);
ProcessorContracts.Add(contracts, entities);
AdministrationContracts.Add(contracts, entities, new ServiceBusAdministrationClient(args[1]));
await contracts.RunAsync();
