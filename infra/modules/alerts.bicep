// What operators are told of. Metrics of the services where they count it themselves; questions to the telemetry where only
// the app knows (docs/telemetry.md).

@description('Where the resources are.')
param location string

@description('The tags of the resources.')
param tags object

@description('The end of every name, which makes it unique.')
param resourceToken string

@description('The name of the Application Insights component.')
param applicationInsightsName string

@description('The resource id of the action group.')
param actionGroupId string

@description('The resource id of the Service Bus namespace.')
param serviceBusId string

@description('The resource id of the Cosmos DB account.')
param cosmosId string

var metricRules = [
  {
    name: 'dead-letters'
    description: 'Messages lie in a dead-letter queue. List them at /api/admin/dead-letters, mend the cause, then resubmit.'
    severity: 2
    scope: serviceBusId
    namespace: 'Microsoft.ServiceBus/namespaces'
    metric: 'DeadletteredMessages'
    aggregation: 'Maximum'
    threshold: 0
    dimension: 'EntityName'
    values: [
      '*'
    ]
  }
  {
    name: 'bus-throttled'
    description: 'Service Bus refuses requests because there are too many. Move to Premium, or add messaging units.'
    severity: 2
    scope: serviceBusId
    namespace: 'Microsoft.ServiceBus/namespaces'
    metric: 'ThrottledRequests'
    aggregation: 'Total'
    threshold: 50
    dimension: 'EntityName'
    values: [
      '*'
    ]
  }
  {
    name: 'store-throttled'
    description: 'Cosmos DB refuses requests because they cost more than is provided. Raise the maximum throughput, or look for a hot partition.'
    severity: 2
    scope: cosmosId
    namespace: 'Microsoft.DocumentDB/databaseAccounts'
    metric: 'TotalRequests'
    aggregation: 'Count'
    threshold: 100
    dimension: 'StatusCode'
    values: [
      '429'
    ]
  }
]

var queryRules = [
  {
    name: 'relay-lag'
    description: 'Events are published more than a minute after they were stored: views and sagas are behind.'
    severity: 2
    threshold: 60
    query: '''
customMetrics
| where name == 'eventfunctions.relay.lag'
| summarize Measure = max(valueMax)
'''
  }
  {
    name: 'relay-standstill'
    description: 'Events are stored, and none is published: the change feed stands still.'
    severity: 1
    threshold: 0
    query: '''
customMetrics
| where name in ('eventfunctions.events.appended', 'eventfunctions.events.published', 'eventfunctions.events.parked')
| summarize appended = sumif(valueSum, name == 'eventfunctions.events.appended' and timestamp < ago(5m)),
            relayed = sumif(valueSum, name != 'eventfunctions.events.appended')
| project Measure = iff(appended > 0 and relayed == 0, appended, 0.0)
'''
  }
  {
    name: 'relay-failures'
    description: 'The relay fails again and again; nothing of the range of the feed goes on meanwhile.'
    severity: 1
    threshold: 10
    query: '''
customMetrics
| where name == 'eventfunctions.relay.failures'
| summarize Measure = sum(valueSum)
'''
  }
  {
    name: 'sagas-for-operators'
    description: 'A saga failed, or ended with work that only a person can do. List them at /api/admin/sagas.'
    severity: 1
    threshold: 0
    query: '''
customMetrics
| where name == 'eventfunctions.sagas.ended'
| where tostring(customDimensions['state']) in ('Failed', 'CompensationFailed', 'CompletionFailed', 'DeliveryOverdue', 'Unanswered', 'ReversalFailed')
| summarize Measure = sum(valueSum)
'''
  }
  {
    name: 'parked-events'
    description: 'Events could not be published for their own sake. List them at /api/admin/parked.'
    severity: 2
    threshold: 0
    query: '''
customMetrics
| where name == 'eventfunctions.events.parked'
| summarize Measure = sum(valueSum)
'''
  }
  {
    name: 'stalled-projections'
    description: 'A projection cannot take an event, and its stream waits. Look at /api/admin/projections.'
    severity: 2
    threshold: 0
    query: '''
customMetrics
| where name == 'eventfunctions.projection.stalls'
| summarize Measure = sum(valueSum)
'''
  }
  {
    name: 'failing-messages'
    description: 'One message in twenty fails, so that it comes again.'
    severity: 2
    threshold: 5
    query: '''
customMetrics
| where name == 'eventfunctions.message.duration'
| summarize failed = sumif(valueCount, tostring(customDimensions['outcome']) == 'failed'), handled = sum(valueCount)
| where handled >= 20
| project Measure = 100.0 * failed / handled
'''
  }
  {
    name: 'failing-requests'
    description: 'One request in twenty is answered with an error of the app. What a client did wrong does not count.'
    severity: 1
    threshold: 5
    query: '''
requests
| where resultCode matches regex '^[1-5][0-9][0-9]$'
| summarize failed = countif(resultCode startswith '5'), answered = count()
| where answered >= 20
| project Measure = 100.0 * failed / answered
'''
  }
]

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in metricRules: {
    name: 'alert-${rule.name}-${resourceToken}'
    location: 'global'
    tags: tags
    properties: {
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [
        rule.scope
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT5M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.name
            metricNamespace: rule.namespace
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: 'GreaterThan'
            threshold: rule.threshold
            dimensions: [
              {
                name: rule.dimension
                operator: 'Include'
                values: rule.values
              }
            ]
          }
        ]
      }
      actions: [
        {
          actionGroupId: actionGroupId
        }
      ]
    }
  }
]

resource queryAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in queryRules: {
    name: 'alert-${rule.name}-${resourceToken}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [
        applicationInsights.id
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'Measure'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [
          actionGroupId
        ]
      }
    }
  }
]
