// A topic with its subscriptions and their rules.

@description('The name of the namespace.')
param namespaceName string

@description('The topic as messaging.json declares it.')
param topic object

var rules = flatten(map(
  topic.subscriptions,
  s =>
    map(s.?rules ?? [], r => {
      subscription: s.name
      rule: r
    })
))

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: namespaceName
}

resource parentTopic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = {
  parent: namespace
  name: topic.name
  properties: {
    requiresDuplicateDetection: topic.requiresDuplicateDetection
    duplicateDetectionHistoryTimeWindow: topic.duplicateDetectionHistoryTimeWindow
    defaultMessageTimeToLive: topic.defaultMessageTimeToLive
    supportOrdering: true
  }
}

// One after the other: changes of one topic that meet are answered 409.
@batchSize(1)
resource subscriptions 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [
  for subscription in topic.subscriptions: {
    parent: parentTopic
    name: subscription.name
    properties: {
      requiresSession: subscription.requiresSession
      lockDuration: subscription.lockDuration
      maxDeliveryCount: subscription.maxDeliveryCount
      defaultMessageTimeToLive: subscription.defaultMessageTimeToLive
      deadLetteringOnMessageExpiration: subscription.deadLetteringOnMessageExpiration
      deadLetteringOnFilterEvaluationExceptions: subscription.deadLetteringOnFilterEvaluationExceptions
    }
  }
]

// A rule called $Default takes the place of the one that a new subscription is given, which lets everything through. For the seconds
// until it does, handlers get what they did not ask for, and look at the type themselves.
@batchSize(1)
resource filters 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2024-01-01' = [
  for entry in rules: {
    name: '${namespaceName}/${topic.name}/${entry.subscription}/${entry.rule.name}'
    properties: {
      filterType: entry.rule.filterType
      sqlFilter: entry.rule.?sqlFilter
      correlationFilter: entry.rule.?correlationFilter
    }
    dependsOn: [
      subscriptions
    ]
  }
]
