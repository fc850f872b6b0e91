// One page that shows whether the shop is well: what is stored, published and handled, what waits for somebody.

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

@description('The name of the Application Insights component.')
param applicationInsightsName string

@description('The resource id of the Service Bus namespace.')
param serviceBusId string

@description('The resource id of the Cosmos DB account.')
param cosmosId string

var page = loadTextContent('../workbooks/operations.json')

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource operations 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'operations', resourceToken)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'EventFunctions: operations'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: applicationInsights.id
    serializedData: replace(
      replace(replace(page, '<application-insights>', applicationInsights.id), '<service-bus>', serviceBusId),
      '<cosmos>',
      cosmosId
    )
  }
}
