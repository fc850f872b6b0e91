// The vault of the master key and of the app's own secrets. What is in it is made once, after the deployment, by
// tools/Deployment: a value that a template makes would be another one with each deployment.

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

@description('The object id of the identity that the app runs under.')
param principalId string

@description('The object id of the group that may read and write secrets, or nothing.')
param vaultOfficersGroupId string

@description('Whether a deleted vault stays recoverable until its time is up, whoever wants it gone. It cannot be turned off again.')
param purgeProtection bool

@description('Whether only private endpoints lead in.')
param isPrivate bool

// Key Vault Secrets User: reads values. The app makes none.
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
// Key Vault Secrets Officer: for people who rotate.
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-${resourceToken}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // The service refuses false: it is on, or it is not said.
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource mayRead 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, secretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource officers 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultOfficersGroupId)) {
  name: guid(vault.id, vaultOfficersGroupId, secretsOfficer)
  scope: vault
  properties: {
    principalId: vaultOfficersGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

@description('The resource id of the vault.')
output id string = vault.id

@description('The name of the vault.')
output name string = vault.name

@description('The address of the vault.')
output uri string = vault.properties.vaultUri
