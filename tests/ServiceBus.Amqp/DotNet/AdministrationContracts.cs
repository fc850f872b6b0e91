using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using static EventFunctions.ServiceBusContract.Entities;

namespace EventFunctions.ServiceBusContract;

/// <summary>Entities and rules, over HTTP and over AMQP.</summary>
internal static class AdministrationContracts
{
    public static void Add(Contracts contracts, Entities entities, ServiceBusAdministrationClient administration)
    {
        var client = entities.Client;
        contracts.Add("A queue is made, read, listed, changed and deleted", async () =>
        {
            var options = new CreateQueueOptions("made/by-hand")
            {
                RequiresSession = true,
                LockDuration = TimeSpan.FromSeconds(30),
                MaxDeliveryCount = 3,
                DefaultMessageTimeToLive = TimeSpan.FromDays(2),
                DeadLetteringOnMessageExpiration = true,
                RequiresDuplicateDetection = true,
                DuplicateDetectionHistoryTimeWindow = TimeSpan.FromMinutes(1),
                UserMetadata = "mine",
                AutoDeleteOnIdle = TimeSpan.FromHours(1),
                MaxSizeInMegabytes = 2048,
                ForwardDeadLetteredMessagesTo = "queue-60",
            };
            QueueProperties made = await administration.CreateQueueAsync(options);
            Check.Same([options.Name, options.Name], [made.Name, (await administration.GetQueueAsync(options.Name)).Value.Name]);
            Check.Same(
                ["True", "00:00:30", "3", "2.00:00:00", "True", "True", "00:01:00", "mine", "01:00:00", "2048", "Active"],
                [$"{made.RequiresSession}", $"{made.LockDuration}", $"{made.MaxDeliveryCount}", $"{made.DefaultMessageTimeToLive}", $"{made.DeadLetteringOnMessageExpiration}",
                 $"{made.RequiresDuplicateDetection}", $"{made.DuplicateDetectionHistoryTimeWindow}", made.UserMetadata, $"{made.AutoDeleteOnIdle}", $"{made.MaxSizeInMegabytes}", $"{made.Status}"]);
            Check.That(made.ForwardDeadLetteredMessagesTo.EndsWith("queue-60", StringComparison.Ordinal));
            await Check.FailsAsync(ServiceBusFailureReason.MessagingEntityAlreadyExists, () => administration.CreateQueueAsync(options));
            var names = new List<string>();
            await foreach (var queue in administration.GetQueuesAsync())
            {
                names.Add(queue.Name);
            }

            Check.That(names.Contains(options.Name) && names.Count > 90 && names.Distinct().Count() == names.Count);
            made.MaxDeliveryCount = 5;
            Check.Equal(5, (await administration.UpdateQueueAsync(made)).Value.MaxDeliveryCount);
            await administration.DeleteQueueAsync(options.Name);
            Check.That(!(await administration.QueueExistsAsync(options.Name)).Value);
            await Check.FailsAsync(ServiceBusFailureReason.MessagingEntityNotFound, () => administration.DeleteQueueAsync(options.Name));
            await Check.ThrowsAsync<ArgumentException>(() => administration.CreateQueueAsync(new CreateQueueOptions("no good!")));
        });

        contracts.Add("What an entity counts is what is in it", async () =>
        {
            await administration.CreateQueueAsync("counted");
            await entities.SendAsync("counted", 5);
            await using var sender = client.CreateSender("counted");
            await sender.ScheduleMessageAsync(new ServiceBusMessage("later"), DateTimeOffset.UtcNow.AddHours(1));
            await using var receiver = client.CreateReceiver("counted");
            await receiver.DeadLetterMessageAsync((await ReceiveAsync(receiver, 1, _ => Task.CompletedTask))[0]);
            QueueRuntimeProperties counts = await administration.GetQueueRuntimePropertiesAsync("counted");
            Check.Same([4L, 1L, 1L, 6L], [counts.ActiveMessageCount, counts.ScheduledMessageCount, counts.DeadLetterMessageCount, counts.TotalMessageCount]);
            Check.That(counts.SizeInBytes > 0 && counts.AccessedAt >= counts.CreatedAt);
            await administration.DeleteQueueAsync("counted");
        });

        contracts.Add("A topic, a subscription and rules are made and used", async () =>
        {
            TopicProperties topic = await administration.CreateTopicAsync(new CreateTopicOptions("news") { RequiresDuplicateDetection = true });
            Check.That(topic.RequiresDuplicateDetection);
            await administration.CreateSubscriptionAsync(
                new CreateSubscriptionOptions("news", "red") { MaxDeliveryCount = 7 },
                new CreateRuleOptions("colour", new CorrelationRuleFilter { ApplicationProperties = { ["colour"] = "red" } }));
            await administration.CreateRuleAsync("news", "red", new CreateRuleOptions("big", new SqlRuleFilter("size > 10")) { Action = new SqlRuleAction("SET big = 'yes'") });
            var rules = new List<string>();
            await foreach (var rule in administration.GetRulesAsync("news", "red"))
            {
                rules.Add($"{rule.Name}/{rule.Filter.GetType().Name}/{rule.Action?.GetType().Name}");
            }

            Check.Same(["big/SqlRuleFilter/SqlRuleAction", "colour/CorrelationRuleFilter/"], rules);
            await using var sender = client.CreateSender("news");
            await sender.SendMessagesAsync([
                new ServiceBusMessage("1") { ApplicationProperties = { ["colour"] = "red" } },
                new ServiceBusMessage("2") { ApplicationProperties = { ["colour"] = "blue" } },
                new ServiceBusMessage("3") { ApplicationProperties = { ["colour"] = "blue", ["size"] = 11 } }]);
            await using var receiver = client.CreateReceiver("news", "red");
            Check.Same(["1", "3"], (await ReceiveAsync(receiver, 2)).Select(Body));
            SubscriptionProperties red = await administration.GetSubscriptionAsync("news", "red");
            Check.Equal(7, red.MaxDeliveryCount);
            SubscriptionRuntimeProperties counts = await administration.GetSubscriptionRuntimePropertiesAsync("news", "red");
            Check.Equal(0L, counts.TotalMessageCount);
            Check.Equal(1, (await administration.GetTopicRuntimePropertiesAsync("news")).Value.SubscriptionCount);
            await administration.DeleteRuleAsync("news", "red", "big");
            await administration.DeleteSubscriptionAsync("news", "red");
            await administration.DeleteTopicAsync("news");
        });

        contracts.Add("A rule manager adds, lists and removes rules over AMQP", async () =>
        {
            var name = entities.Topic();
            await using var manager = client.CreateRuleManager(name, "all");
            await manager.CreateRuleAsync(new CreateRuleOptions("by-sql", new SqlRuleFilter("sys.Label = 'x'")) { Action = new SqlRuleAction("SET a = 1") });
            await manager.CreateRuleAsync("by-correlation", new CorrelationRuleFilter { Subject = "y", ApplicationProperties = { ["n"] = 3 } });
            await Check.FailsAsync(ServiceBusFailureReason.MessagingEntityAlreadyExists, () => manager.CreateRuleAsync("by-sql", new TrueRuleFilter()));
            await manager.DeleteRuleAsync("$Default");
            var rules = new List<RuleProperties>();
            await foreach (var rule in manager.GetRulesAsync())
            {
                rules.Add(rule);
            }

            Check.Same(["by-correlation", "by-sql"], rules.Select(rule => rule.Name).Order());
            Check.Equal("y", ((CorrelationRuleFilter)rules.Single(rule => rule.Name == "by-correlation").Filter).Subject);
            await Check.FailsAsync(ServiceBusFailureReason.MessagingEntityNotFound, () => manager.DeleteRuleAsync("$Default"));
        });

        contracts.Add("A disabled queue refuses, and a deleted one is gone under its receiver", async () =>
        {
            QueueProperties queue = await administration.CreateQueueAsync("switched");
            queue.Status = EntityStatus.Disabled;
            await administration.UpdateQueueAsync(queue);
            await using var sender = client.CreateSender("switched");
            await Check.FailsAsync(ServiceBusFailureReason.MessagingEntityDisabled, () => sender.SendMessageAsync(new ServiceBusMessage("x")));
            queue.Status = EntityStatus.Active;
            await administration.UpdateQueueAsync(queue);
            await sender.SendMessageAsync(new ServiceBusMessage("x"));
            await administration.DeleteQueueAsync("switched");
            await Check.FailsAsync(ServiceBusFailureReason.MessagingEntityNotFound, () => sender.SendMessageAsync(new ServiceBusMessage("x")));
        });

        contracts.Add("The namespace says what it is", async () =>
            Check.Equal(MessagingSku.Premium, (await administration.GetNamespacePropertiesAsync()).Value.MessagingSku));
    }
}
