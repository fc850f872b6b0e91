// The function app on Flex Consumption, .NET 10 in an isolated worker. Nothing in its settings is a key: connections name an
// endpoint and an identity, secrets are references into the vault that the same identity resolves.

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

@description('The resource id of the identity that the app runs under.')
param identityId string

@description('The client id of that identity.')
param identityClientId string

@description('The name of the storage account.')
param storageAccountName string

@description('The address of the container of the package.')
param packageContainerUri string

@description('The name of the Application Insights component.')
param applicationInsightsName string

@description('The address of the Cosmos DB account.')
param cosmosEndpoint string

@description('The name of the database.')
param databaseName string

@description('The host name of the Service Bus namespace.')
param serviceBusNamespace string

@description('Whether Durable Task Scheduler keeps orchestrations, and not Azure Storage.')
param usesScheduler bool

@description('The address of Durable Task Scheduler, where it is used.')
param schedulerEndpoint string

@description('The name of the key vault.')
param keyVaultName string

@description('The address of the key vault.')
param keyVaultUri string

@description('The address of the payment provider, ending in a slash.')
param paymentsBaseAddress string

@description('The address of the carrier, ending in a slash.')
param carrierBaseAddress string

@description('The address of the supplier, ending in a slash.')
param supplierBaseAddress string

@description('The address of the mail service, ending in a slash.')
param mailBaseAddress string

@description('The sender of mails.')
param mailFrom string

@description('Where mails to operators go.')
param operatorsAddress string

@description('The page of the shop that a verification mail leads to.')
param verificationPage string

@description('Who leads new orders.')
@allowed([
  'Orchestration'
  'Choreography'
])
param orderingFlow string

@description('What share of traces is kept, from 0 to 1.')
param traceRatio string

@description('Settings that differ from what the code starts from, by name, with __ between a section and its setting.')
param settings object

@description('The most instances.')
param maximumInstanceCount int

@description('The memory of an instance in MB.')
param instanceMemoryMB int

@description('How many instances of each of the groups that a customer waits for are always there: requests, orchestrations, the relay.')
param alwaysReadyInstances int

@description('The subnet that the app is joined to, or nothing.')
param subnetId string

@description('Whether the plan spreads its instances over several zones.')
param zoneRedundant bool

var secretNames = toObject(loadJsonContent('../secrets.json').secrets, s => s.setting, s => s.name)
var alwaysReadyGroups = [
  'http'
  'durable'
  'function:EventRelay'
]

var appSettings = {
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId

  // Authorises nothing: it names the component, and local authentication is off there.
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
  OTEL_TRACES_SAMPLER_ARG: traceRatio

  CosmosDatabase: databaseName
  CosmosConnection__accountEndpoint: cosmosEndpoint
  CosmosConnection__credential: 'managedidentity'
  CosmosConnection__clientId: identityClientId
  ServiceBusConnection__fullyQualifiedNamespace: serviceBusNamespace
  ServiceBusConnection__credential: 'managedidentity'
  ServiceBusConnection__clientId: identityClientId
  DurableTaskSchedulerConnection: usesScheduler
    ? 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
    : ''
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: usesScheduler ? 'azureManaged' : 'AzureStorage'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: usesScheduler
    ? 'DurableTaskSchedulerConnection'
    : 'AzureWebJobsStorage'

  PersonalData__MasterKey: 'KeyVault'
  PersonalData__KeyVaultUri: keyVaultUri
  PersonalData__KeyVaultClientId: identityClientId
  PersonalData__KeyVaultSecret: secretNames.PersonalData__KeyVaultSecret

  Payments__BaseAddress: paymentsBaseAddress
  Carrier__BaseAddress: carrierBaseAddress
  Carrier__WebhookSecret: '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=${secretNames.Carrier__WebhookSecret})'
  Supplier__BaseAddress: supplierBaseAddress
  Supplier__WebhookSecret: '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=${secretNames.Supplier__WebhookSecret})'
  Mail__BaseAddress: mailBaseAddress
  Mail__From: mailFrom
  Notifications__OperatorsAddress: operatorsAddress
  Customers__EmailIndexKey: '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=${secretNames.Customers__EmailIndexKey})'
  Customers__VerificationKey: '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=${secretNames.Customers__VerificationKey})'
  Customers__VerificationPage: verificationPage
  Webhooks__MasterKey: '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=${secretNames.Webhooks__MasterKey})'
  Webhooks__AllowPrivateAddresses: 'false'

  Ordering__Flow: orderingFlow
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${resourceToken}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-${resourceToken}'
  location: location
  // azd finds the app of a service by this tag.
  tags: union(tags, {
    'azd-service-name': 'functions'
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: [
          for group in alwaysReadyInstances > 0 ? alwaysReadyGroups : []: {
            name: group
            instanceCount: alwaysReadyInstances
          }
        ]
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ftpsState: 'Disabled'
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource configuration 'config' = {
    name: 'appsettings'
    properties: union(appSettings, settings)
  }
}

@description('The name of the app.')
output name string = app.name

@description('The address of the app.')
output uri string = 'https://${app.properties.defaultHostName}'
