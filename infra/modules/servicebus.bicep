// The namespace with the topics, subscriptions, rules and queues of messaging.json, which the local broker reads too.

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

@description('The object id of the identity that the app runs under.')
param principalId string

@description('The tier: Standard is paid by operation, Premium by messaging units of its own, and is the one with private endpoints.')
@allowed([
  'Standard'
  'Premium'
])
param tier string

@description('Premium only: the messaging units.')
@allowed([
  1
  2
  4
  8
  16
])
param messagingUnits int

@description('Whether only private endpoints lead in; Premium only.')
param isPrivate bool

@description('Whether the app is scaled by the lengths of its queues and subscriptions: only who may manage the namespace may read them.')
param scalesByLength bool

var messaging = loadJsonContent('../messaging.json')
var isPremium = tier == 'Premium'

// Azure Service Bus Data Sender: the relay, the translators, deadlines, webhooks, and dead letters that are sent again.
var dataSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
// Azure Service Bus Data Receiver: every trigger, and reading dead letters.
var dataReceiver = '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
// Azure Service Bus Data Owner: both, and the right to manage.
var dataOwner = '090c5cfd-751d-490a-894a-3ce6f1109419'

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sb-${resourceToken}'
  location: location
  tags: tags
  sku: {
    name: tier
    tier: tier
    capacity: isPremium ? messagingUnits : null
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: isPrivate && isPremium ? 'Disabled' : 'Enabled'
  }
}

module topics 'topic.bicep' = [
  for topic in messaging.topics: {
    name: 'topic-${topic.name}'
    params: {
      namespaceName: namespace.name
      topic: topic
    }
  }
]

// The size of a message is the tier's: 256 KB, or 1 MB in Premium, which may be raised there and only there.
resource queues 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for queue in messaging.queues: {
    parent: namespace
    name: queue.name
    properties: {
      requiresSession: queue.requiresSession
      requiresDuplicateDetection: queue.requiresDuplicateDetection
      duplicateDetectionHistoryTimeWindow: queue.duplicateDetectionHistoryTimeWindow
      lockDuration: queue.lockDuration
      maxDeliveryCount: queue.maxDeliveryCount
      defaultMessageTimeToLive: queue.defaultMessageTimeToLive
      deadLetteringOnMessageExpiration: queue.deadLetteringOnMessageExpiration
    }
  }
]

resource maySend 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!scalesByLength) {
  name: guid(namespace.id, principalId, dataSender)
  scope: namespace
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataSender)
  }
}

resource mayReceive 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!scalesByLength) {
  name: guid(namespace.id, principalId, dataReceiver)
  scope: namespace
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataReceiver)
  }
}

resource mayManage 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (scalesByLength) {
  name: guid(namespace.id, principalId, dataOwner)
  scope: namespace
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataOwner)
  }
}

@description('The resource id of the namespace.')
output id string = namespace.id

@description('The host name of the namespace.')
output fullyQualifiedNamespace string = '${namespace.name}.servicebus.windows.net'
