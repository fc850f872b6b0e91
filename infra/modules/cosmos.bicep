// The event store and everything derived from it. Containers, keys of partitions, indexes and times to live are those of
// containers.json, which the local runtime reads too.

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

@description('The object id of the identity that the app runs under.')
param principalId string

@description('How capacity is paid for: by request, or as a throughput that follows the load up to a maximum.')
@allowed([
  'Serverless'
  'Autoscale'
])
param capacity string

@description('Autoscale only: the most request units a second for each of the containers with a throughput of their own.')
@minValue(1000)
param dedicatedMaxThroughput int

@description('Autoscale only: the most request units a second that the other containers share.')
@minValue(1000)
param sharedMaxThroughput int

@description('How far back the store can be restored to any second.')
@allowed([
  'Continuous7Days'
  'Continuous30Days'
])
param backupTier string

@description('Whether only private endpoints lead in.')
param isPrivate bool

@description('Whether the data is kept in several zones.')
param zoneRedundant bool

var definition = loadJsonContent('../containers.json')
var isServerless = capacity == 'Serverless'
var databaseName = 'eventfunctions'

// Cosmos DB Built-in Data Contributor: items, queries and the change feed, but neither containers nor throughput.
var dataContributor = '00000000-0000-0000-0000-000000000002'

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: 'cosmos-${resourceToken}'
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: zoneRedundant
      }
    ]
    capabilities: isServerless
      ? [
          {
            name: 'EnableServerless'
          }
        ]
      : []
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: backupTier
      }
    }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: {
      id: databaseName
    }
    options: isServerless
      ? {}
      : {
          autoscaleSettings: {
            maxThroughput: sharedMaxThroughput
          }
        }
  }
}

// One after the other: the account takes one change of its containers at a time.
@batchSize(1)
resource containers 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for container in definition.containers: {
    parent: database
    name: container.name
    properties: {
      resource: {
        id: container.name
        partitionKey: {
          kind: 'Hash'
          version: 2
          paths: [
            container.partitionKey
          ]
        }
        defaultTtl: container.?defaultTimeToLive
        indexingPolicy: container.indexingPolicy
      }
      options: isServerless || !(container.?dedicatedThroughput ?? false)
        ? {}
        : {
            autoscaleSettings: {
              maxThroughput: dedicatedMaxThroughput
            }
          }
    }
  }
]

// For the database, not for the account: what else comes to lie there is none of the app's business. Not for containers: the change feed
// reads the database's metadata (https://github.com/Azure/azure-cosmos-dotnet-v3/issues/3638).
resource mayUseData 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = {
  parent: account
  name: guid(account.id, principalId, dataContributor)
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    scope: '${account.id}/dbs/${databaseName}'
  }
  dependsOn: [
    database
  ]
}

@description('The resource id of the account.')
output id string = account.id

@description('The name of the account.')
output name string = account.name

@description('The address of the account.')
output endpoint string = account.properties.documentEndpoint

@description('The name of the database.')
output databaseName string = databaseName
