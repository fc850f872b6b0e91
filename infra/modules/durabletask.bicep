// Durable Task Scheduler and the task hub of the app.

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

@description('The object id of the identity that the app runs under.')
param principalId string

@description('How capacity is paid for: by action, or as units of its own.')
@allowed([
  'Consumption'
  'Dedicated'
])
param skuName string

@description('Dedicated only: the capacity units; with three or more the scheduler is in several zones.')
@minValue(1)
param capacityUnits int

@description('Whether only private endpoints lead in.')
param isPrivate bool

// The app names its hub in host.json; one that is called otherwise would not be found.
var hubName = loadJsonContent('../../host.json').extensions.durableTask.hubName

// Durable Task Data Contributor: to work as a worker, and to start, ask and signal instances.
var dataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: 'dts-${resourceToken}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: skuName
      capacity: skuName == 'Dedicated' ? capacityUnits : null
    }
    // An empty list lets nobody in. Who gets in here still needs a role.
    ipAllowlist: [
      '0.0.0.0/0'
    ]
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: hubName
}

resource mayOrchestrate 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hub.id, principalId, dataContributor)
  scope: hub
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataContributor)
  }
}

@description('The resource id of the scheduler.')
output id string = scheduler.id

@description('The address of the scheduler.')
output endpoint string = scheduler.properties.endpoint
