// The identity that the function app runs under. A user-assigned one: its roles are there before the app is, and outlive it.

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${resourceToken}'
  location: location
  tags: tags
}

@description('The resource id.')
output id string = identity.id

@description('The client id, which connections name.')
output clientId string = identity.properties.clientId

@description('The object id, which roles are assigned to.')
output principalId string = identity.properties.principalId
