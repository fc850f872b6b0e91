// EventFunctions on Azure: one resource group with everything in it, so that deleting it leaves nothing.
// README.md beside this file says what is made and why; docs/decisions/0021-azure-resources.md what was not chosen.

targetScope = 'subscription'

@description('The name of the environment. It is in the name of the resource group, and every other name follows from it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('The region.')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('The address of the payment provider, ending in a slash. Without one use https://payments.invalid/: orders can then be placed, and end with work for an operator.')
param paymentsBaseAddress string

@description('The address of the carrier, ending in a slash; https://carrier.invalid/ without one.')
param carrierBaseAddress string

@description('The address of the supplier, ending in a slash; https://supplier.invalid/ without one.')
param supplierBaseAddress string

@description('The address of the mail service, ending in a slash; https://mail.invalid/ without one: mails are then dead-lettered.')
param mailBaseAddress string

@description('The sender of mails, an e-mail address.')
param mailFrom string

@description('The e-mail address of the people who run the shop: for alerts, and for what sagas cannot do by themselves.')
param operatorsAddress string

@description('The page of the shop that a verification mail leads to, an absolute address.')
param verificationPage string

@description('Who leads new orders: the saga, or handlers that react to each other.')
@allowed([
  'Orchestration'
  'Choreography'
])
param orderingFlow string = 'Orchestration'

@description('Settings that differ from what the code starts from, e.g. {"Ordering__ReviewAbove__EUR": "10000"}; docs/settings.md has them all.')
param settings object = {}

@description('How Cosmos DB is paid for. Chosen with the first deployment: the template cannot change an account that is there.')
@allowed([
  'Serverless'
  'Autoscale'
])
param databaseCapacity string = 'Serverless'

@description('Autoscale only: the most request units a second for each of the containers events and views.')
@minValue(1000)
param databaseDedicatedMaxThroughput int = 4000

@description('Autoscale only: the most request units a second that the other containers share.')
@minValue(1000)
param databaseSharedMaxThroughput int = 1000

@description('How far back the database can be restored.')
@allowed([
  'Continuous7Days'
  'Continuous30Days'
])
param databaseBackup string = 'Continuous7Days'

@description('The tier of Service Bus. A namespace cannot change between the two.')
@allowed([
  'Standard'
  'Premium'
])
param serviceBusTier string = 'Standard'

@description('Premium only: the messaging units.')
@allowed([
  1
  2
  4
  8
  16
])
param serviceBusMessagingUnits int = 1

@description('Whether the app is scaled by how many messages wait, which takes the right to manage the namespace, instead of by how long the first has waited.')
param serviceBusScalesByLength bool = false

@description('What keeps orchestrations. Instances do not move from one to the other; with AzureStorage change host.json too.')
@allowed([
  'Scheduler'
  'AzureStorage'
])
param orchestrationStore string = 'Scheduler'

@description('How Durable Task Scheduler is paid for.')
@allowed([
  'Consumption'
  'Dedicated'
])
param schedulerSku string = 'Consumption'

@description('Dedicated only: the capacity units of the scheduler.')
@minValue(1)
param schedulerCapacityUnits int = 1

@description('The most instances of the app.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('The memory of an instance in MB.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('How many instances for requests, for orchestrations and for the relay are always there, each. 0 costs nothing, and the first after a rest waits.')
@minValue(0)
param alwaysReadyInstances int = 0

@description('Whether a virtual network and private endpoints are the only way to what the app uses. Service Bus joins in only as Premium.')
param privateNetwork bool = false

@description('The addresses of the virtual network, /23 or larger.')
param networkAddressPrefix string = '10.60.0.0/16'

@description('Whether data and instances are spread over several zones; in regions that have them.')
param zoneRedundant bool = false

@description('Whether nobody can purge the key vault before its time is up. Right for production; the name is then taken for 90 days after azd down.')
param purgeProtection bool = false

@description('The object id of an Entra group that may read and write the secrets in the vault; nobody unless it is given.')
param vaultOfficersGroupId string = ''

@description('How many days logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionInDays int = 30

@description('What share of traces is kept, from 0 to 1. Metrics, logs and alerts do not depend on it, but for the one on failing requests.')
param traceRatio string = '1'

var resourceToken = toLower(uniqueString(subscription().id, environmentName, location))
var usesScheduler = orchestrationStore == 'Scheduler'
var tags = {
  'azd-env-name': environmentName
  application: 'eventfunctions'
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    principalId: identity.outputs.principalId
    retentionInDays: logRetentionInDays
    operatorsAddress: operatorsAddress
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    principalId: identity.outputs.principalId
    keepsOrchestrations: !usesScheduler
    isPrivate: privateNetwork
    zoneRedundant: zoneRedundant
  }
}

module cosmos 'modules/cosmos.bicep' = {
  name: 'cosmos'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    principalId: identity.outputs.principalId
    capacity: databaseCapacity
    dedicatedMaxThroughput: databaseDedicatedMaxThroughput
    sharedMaxThroughput: databaseSharedMaxThroughput
    backupTier: databaseBackup
    isPrivate: privateNetwork
    zoneRedundant: zoneRedundant
  }
}

module servicebus 'modules/servicebus.bicep' = {
  name: 'servicebus'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    principalId: identity.outputs.principalId
    tier: serviceBusTier
    messagingUnits: serviceBusMessagingUnits
    isPrivate: privateNetwork
    scalesByLength: serviceBusScalesByLength
  }
}

module durabletask 'modules/durabletask.bicep' = if (usesScheduler) {
  name: 'durabletask'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    principalId: identity.outputs.principalId
    skuName: schedulerSku
    capacityUnits: schedulerCapacityUnits
    isPrivate: privateNetwork
  }
}

module keyvault 'modules/keyvault.bicep' = {
  name: 'keyvault'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    principalId: identity.outputs.principalId
    vaultOfficersGroupId: vaultOfficersGroupId
    purgeProtection: purgeProtection
    isPrivate: privateNetwork
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    addressPrefix: networkAddressPrefix
  }
}

// What of the network leads where. Service Bus has private endpoints as Premium only.
var endpoints = [
  {
    name: 'blob'
    target: 'storage'
    groupId: 'blob'
    zoneName: 'privatelink.blob.${environment().suffixes.storage}'
    isNeeded: true
  }
  {
    name: 'queue'
    target: 'storage'
    groupId: 'queue'
    zoneName: 'privatelink.queue.${environment().suffixes.storage}'
    isNeeded: !usesScheduler
  }
  {
    name: 'table'
    target: 'storage'
    groupId: 'table'
    zoneName: 'privatelink.table.${environment().suffixes.storage}'
    isNeeded: !usesScheduler
  }
  {
    name: 'cosmos'
    target: 'cosmos'
    groupId: 'Sql'
    zoneName: 'privatelink.documents.azure.com'
    isNeeded: true
  }
  {
    name: 'keyvault'
    target: 'keyvault'
    groupId: 'vault'
    zoneName: 'privatelink.vaultcore.azure.net'
    isNeeded: true
  }
  {
    name: 'servicebus'
    target: 'servicebus'
    groupId: 'namespace'
    zoneName: 'privatelink.servicebus.windows.net'
    isNeeded: serviceBusTier == 'Premium'
  }
  {
    name: 'durabletask'
    target: 'durabletask'
    groupId: 'scheduler'
    zoneName: 'privatelink.durabletask.io'
    isNeeded: usesScheduler
  }
]
var targets = {
  storage: storage.outputs.id
  cosmos: cosmos.outputs.id
  keyvault: keyvault.outputs.id
  servicebus: servicebus.outputs.id
  durabletask: usesScheduler ? durabletask!.outputs.id : ''
}

module privateEndpoints 'modules/endpoint.bicep' = [
  for endpoint in endpoints: if (privateNetwork && endpoint.isNeeded) {
    name: 'endpoint-${endpoint.name}'
    scope: group
    params: {
      location: location
      tags: tags
      name: 'pep-${endpoint.name}-${resourceToken}'
      targetId: targets[endpoint.target]
      groupId: endpoint.groupId
      zoneName: endpoint.zoneName
      networkId: network!.outputs.id
      subnetId: network!.outputs.endpointSubnetId
    }
  }
]

module functionapp 'modules/functionapp.bicep' = {
  name: 'functionapp'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    packageContainerUri: storage.outputs.packageContainerUri
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    cosmosEndpoint: cosmos.outputs.endpoint
    databaseName: cosmos.outputs.databaseName
    serviceBusNamespace: servicebus.outputs.fullyQualifiedNamespace
    usesScheduler: usesScheduler
    schedulerEndpoint: usesScheduler ? durabletask!.outputs.endpoint : ''
    keyVaultName: keyvault.outputs.name
    keyVaultUri: keyvault.outputs.uri
    paymentsBaseAddress: paymentsBaseAddress
    carrierBaseAddress: carrierBaseAddress
    supplierBaseAddress: supplierBaseAddress
    mailBaseAddress: mailBaseAddress
    mailFrom: mailFrom
    operatorsAddress: operatorsAddress
    verificationPage: verificationPage
    orderingFlow: orderingFlow
    traceRatio: traceRatio
    settings: settings
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyInstances: alwaysReadyInstances
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    zoneRedundant: zoneRedundant
  }
  dependsOn: [
    privateEndpoints
  ]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    actionGroupId: monitoring.outputs.actionGroupId
    serviceBusId: servicebus.outputs.id
    cosmosId: cosmos.outputs.id
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    location: location
    tags: tags
    resourceToken: resourceToken
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    serviceBusId: servicebus.outputs.id
    cosmosId: cosmos.outputs.id
  }
}

// azd keeps these in its environment, where the hooks find them. None is a secret.

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app.')
output AZURE_FUNCTION_APP_NAME string = functionapp.outputs.name

@description('The address of the API.')
output SERVICE_FUNCTIONS_URI string = functionapp.outputs.uri

@description('The key vault.')
output AZURE_KEY_VAULT_NAME string = keyvault.outputs.name

@description('The object id of the identity that the app runs under.')
output AZURE_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('The Cosmos DB account.')
output AZURE_COSMOS_ACCOUNT_NAME string = cosmos.outputs.name
