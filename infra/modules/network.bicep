// A virtual network: one subnet that the app's traffic leaves through, one with private endpoints of what it uses.

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

@description('The addresses of the network.')
param addressPrefix string

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: 'vnet-${resourceToken}'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 0)
          // Flex Consumption runs its instances where Container Apps run theirs.
          delegations: [
            {
              name: 'app'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 1)
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

@description('The resource id of the network.')
output id string = network.id

@description('The resource id of the subnet that the app is joined to.')
output appSubnetId string = network::app.id

@description('The resource id of the subnet of the private endpoints.')
output endpointSubnetId string = network::endpoints.id
