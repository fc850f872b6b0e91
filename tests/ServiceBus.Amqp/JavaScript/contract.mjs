// What an app does with the JavaScript SDK, against the endpoint whose connection strings are the arguments: of AMQP, and of the
// administration. Prints a line of JSON for each contract: its name, and what went wrong, if anything did. Messages are counted at both ends.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceBusAdministrationClient, ServiceBusClient } from '@azure/service-bus';

const [connectionString, administrationConnectionString] = process.argv.slice(2);
const contracts = [];
const contract = (name, run) => contracts.push({ name, run });
const retryOptions = { maxRetries: 0, timeoutInMs: 20000 };
const client = new ServiceBusClient(connectionString, { retryOptions });

// This client knows https alone, and the endpoint http.
const administration = new ServiceBusAdministrationClient(administrationConnectionString);
administration.pipeline.addPolicy({
  name: 'plain',
  sendRequest(request, next) {
    request.url = request.url.replace(/^https:/, 'http:');
    request.allowInsecureConnection = true;
    return next(request);
  },
});
let queues = 0, sessionQueues = 0, topics = 0;

// Entities of their own for each contract; the topology has enough of each.
const queue = () => `queue-${++queues}`;
const sessionQueue = () => `sessions-${++sessionQueues}`;
const topic = () => `topic-${++topics}`;

const numbers = count => [...Array(count).keys()].map(i => i + 1);
const bodies = messages => messages.map(m => m.body);
const rejected = async (promise, code, message = /./) => {
  const error = await promise.then(() => assert.fail(`expected ${code}`), e => e);
  assert.equal(error.code, code, `${error.code}: ${error.message}`);
  assert.match(error.message, message);
  return error;
};

/** Receives until as many have come as are expected, and looks whether there is one more. */
async function receive(receiver, count, settle = m => receiver.completeMessage(m)) {
  const got = [];
  while (got.length < count) {
    const page = await receiver.receiveMessages(count - got.length, { maxWaitTimeInMs: 10000 });
    if (page.length === 0) {
      break;
    }

    for (const message of page) {
      await settle(message);
      got.push(message);
    }
  }

  assert.equal(got.length, count);
  return got;
}

const isEmpty = async path => assert.deepEqual(bodies(await client.createReceiver(path).peekMessages(10)), []);

contract('A message comes with all it was sent with', async () => {
  const name = queue();
  const sent = {
    body: { deep: [1, 'ü', null] }, messageId: 'm-1', correlationId: 'c-1', subject: 'placed', to: 'there', replyTo: 'here', contentType: 'application/json',
    replyToSessionId: 'r-1', timeToLive: 60000, partitionKey: 'p-1',
    applicationProperties: { text: 'Ω', whole: 42, broken: 1.5, yes: true, no: false, nothing: null, long: 2 ** 40, when: new Date(1700000000000) },
  };
  await client.createSender(name).sendMessages(sent);
  const [message] = await receive(client.createReceiver(name), 1);
  for (const key of ['body', 'messageId', 'correlationId', 'subject', 'to', 'replyTo', 'contentType', 'replyToSessionId', 'timeToLive', 'partitionKey']) {
    assert.deepEqual(message[key], sent[key], key);
  }

  assert.deepEqual({ ...message.applicationProperties, when: undefined }, { ...sent.applicationProperties, when: undefined });
  assert.equal(message.applicationProperties.when.valueOf(), sent.applicationProperties.when.valueOf());
  assert.equal(message.deliveryCount, 0);
  assert.equal(message.state, 'active');
  assert.equal(`${message.sequenceNumber}`, '1');
  assert.ok(Math.abs(message.enqueuedTimeUtc - Date.now()) < 60000);
  assert.ok(message.lockedUntilUtc > new Date());
  assert.equal(message.expiresAtUtc - message.enqueuedTimeUtc, 60000);
  await isEmpty(name);
});

contract('Bodies of every kind come back as they were sent', async () => {
  const name = queue();
  const sender = client.createSender(name);
  const kinds = [
    { body: Buffer.from([0, 255, 1]), bodyType: 'data' }, { body: 'text', bodyType: 'value' }, { body: 17, bodyType: 'value' },
    { body: [1, 'two', [3]], bodyType: 'sequence' },
  ];
  for (const kind of kinds) {
    await sender.sendMessages({ ...kind, header: { priority: 7 }, footer: { check: 'sum' }, messageAnnotations: { 'x-mine': 'kept' } });
  }

  const got = await receive(client.createReceiver(name), kinds.length);
  assert.deepEqual(got.map(m => [m._rawAmqpMessage.bodyType, m.body]), kinds.map(k => [k.bodyType, k.body]));
  for (const { _rawAmqpMessage: raw } of got) {
    assert.equal(raw.header.priority, 7);
    assert.deepEqual(raw.footer, { check: 'sum' });
    assert.equal(raw.messageAnnotations['x-mine'], 'kept');
  }
});

contract('A batch is taken in whole and in its order', async () => {
  const name = queue();
  const sender = client.createSender(name);
  const batch = await sender.createMessageBatch();
  for (const i of numbers(200)) {
    assert.ok(batch.tryAddMessage({ body: i, messageId: `b-${i}`, applicationProperties: { i } }));
  }

  await sender.sendMessages(batch);
  await sender.sendMessages(numbers(50).map(i => ({ body: 200 + i })));
  assert.deepEqual(bodies(await receive(client.createReceiver(name), 250)), numbers(250));
  await isEmpty(name);
});

contract('A batch ends where the entity does, and what is too large is refused', async () => {
  const name = queue();
  const sender = client.createSender(name);
  const batch = await sender.createMessageBatch();
  assert.equal(batch.maxSizeInBytes, 256 * 1024);
  assert.ok(batch.tryAddMessage({ body: 'x'.repeat(200 * 1024) }));
  assert.equal(batch.tryAddMessage({ body: 'x'.repeat(100 * 1024) }), false);
  await rejected(sender.sendMessages({ body: 'x'.repeat(300 * 1024) }), 'MessageSizeExceeded');
  await sender.sendMessages(batch);
  assert.equal((await receive(client.createReceiver(name), 1))[0].body.length, 200 * 1024);
});

contract('A large message comes in many frames both ways', async () => {
  const name = 'large';
  const body = Buffer.alloc(900 * 1024, 'abcdefgh');
  await client.createSender(name).sendMessages([1, 2, 3].map(n => ({ body: Buffer.concat([body.subarray(n)]) })).slice(0, 1));
  await client.createSender(name).sendMessages({ body });
  const got = await receive(client.createReceiver(name), 2);
  assert.deepEqual(got.map(m => m.body.length), [body.length - 1, body.length]);
  assert.ok(body.equals(got[1].body));
});

contract('What is received to be deleted is gone', async () => {
  const name = queue();
  await client.createSender(name).sendMessages(numbers(20).map(body => ({ body })));
  const receiver = client.createReceiver(name, { receiveMode: 'receiveAndDelete' });
  assert.deepEqual(bodies(await receive(receiver, 20, () => undefined)), numbers(20));
  await isEmpty(name);
});

contract('What is abandoned comes again, counted and changed', async () => {
  const name = queue();
  await client.createSender(name).sendMessages({ body: 1, applicationProperties: { kept: 'yes', tries: 0 } });
  const receiver = client.createReceiver(name);
  await receive(receiver, 1, m => receiver.abandonMessage(m, { tries: 1, why: 'later' }));
  const [again] = await receive(receiver, 1);
  assert.equal(again.deliveryCount, 1);
  assert.deepEqual(again.applicationProperties, { kept: 'yes', tries: 1, why: 'later' });
  await isEmpty(name);
});

contract('What is abandoned too often is a dead letter', async () => {
  const name = queue();
  await client.createSender(name).sendMessages({ body: 1 });
  const receiver = client.createReceiver(name);
  for (const _ of numbers(10)) {
    await receive(receiver, 1, m => receiver.abandonMessage(m));
  }

  const [dead] = await receive(client.createReceiver(name, { subQueueType: 'deadLetter' }), 1);
  assert.equal(dead.deadLetterReason, 'MaxDeliveryCountExceeded');
  await isEmpty(name);
});

contract('A dead letter says why, and can be completed', async () => {
  const name = queue();
  await client.createSender(name).sendMessages(numbers(3).map(body => ({ body, applicationProperties: { body } })));
  const receiver = client.createReceiver(name);
  await receive(receiver, 3, m => receiver.deadLetterMessage(m, { deadLetterReason: 'Broken', deadLetterErrorDescription: 'It is.', extra: m.body }));
  const dead = await receive(client.createReceiver(name, { subQueueType: 'deadLetter' }), 3);
  assert.deepEqual(bodies(dead), [1, 2, 3]);
  for (const message of dead) {
    assert.equal(message.deadLetterReason, 'Broken');
    assert.equal(message.deadLetterErrorDescription, 'It is.');
    assert.equal(message.applicationProperties.extra, message.body);
    assert.equal(message.deadLetterSource, name);
  }

  await isEmpty(`${name}/$DeadLetterQueue`);
});

contract('What is deferred is received by its number alone', async () => {
  const name = queue();
  await client.createSender(name).sendMessages(numbers(4).map(body => ({ body })));
  const receiver = client.createReceiver(name);
  const deferred = await receive(receiver, 4, m => receiver.deferMessage(m, { deferred: true }));
  assert.deepEqual(await receiver.receiveMessages(1, { maxWaitTimeInMs: 200 }), []);
  const got = await receiver.receiveDeferredMessages(deferred.map(m => m.sequenceNumber));
  assert.deepEqual(bodies(got), [1, 2, 3, 4]);
  assert.equal(got[0].applicationProperties.deferred, true);
  await receiver.completeMessage(got[0]);
  await receiver.abandonMessage(got[1]);
  await receiver.deadLetterMessage(got[2], { deadLetterReason: 'why not' });
  await receiver.deferMessage(got[3]);
  await rejected(receiver.receiveDeferredMessages([got[0].sequenceNumber]), 'MessageNotFound');
  assert.deepEqual(bodies(await receiver.receiveDeferredMessages([got[1].sequenceNumber, got[3].sequenceNumber])), [2, 4]);
  assert.deepEqual(bodies(await client.createReceiver(name, { subQueueType: 'deadLetter' }).peekMessages(5)), [3]);
});

contract('A lock is renewed, and lost once the message is settled', async () => {
  const name = queue();
  await client.createSender(name).sendMessages({ body: 1 });
  const receiver = client.createReceiver(name);
  const [message] = await receiver.receiveMessages(1);
  const until = message.lockedUntilUtc;
  await delay(20);
  assert.ok(await receiver.renewMessageLock(message) > until);
  await receiver.completeMessage(message);
  await rejected(receiver.renewMessageLock(message), 'MessageLockLost');
  await isEmpty(name);
});

contract('Messages are peeked page by page, whatever their state', async () => {
  const name = queue();
  const sender = client.createSender(name);
  await sender.sendMessages(numbers(5).map(body => ({ body })));
  await sender.scheduleMessages({ body: 6 }, new Date(Date.now() + 3600000));
  const receiver = client.createReceiver(name);
  const [first] = await receiver.receiveMessages(1);
  await receiver.deferMessage(first);
  const pages = [await receiver.peekMessages(2), await receiver.peekMessages(2), await receiver.peekMessages(10)];
  assert.deepEqual(pages.map(bodies), [[1, 2], [3, 4], [5, 6]]);
  assert.deepEqual(pages.flat().map(m => m.state), ['deferred', 'active', 'active', 'active', 'active', 'scheduled']);
  assert.deepEqual(bodies(await receiver.peekMessages(3, { fromSequenceNumber: pages[1][0].sequenceNumber })), [3, 4, 5]);
  assert.deepEqual(bodies(await receiver.peekMessages(1, { fromSequenceNumber: pages[0][0].sequenceNumber })), [1]);
});

contract('What is scheduled comes in its time, or not at all if it was taken back', async () => {
  const name = queue();
  const sender = client.createSender(name);
  const soon = new Date(Date.now() + 300);
  const kept = await sender.scheduleMessages(numbers(3).map(body => ({ body })), soon);
  const [back] = await sender.scheduleMessages({ body: 'taken back' }, new Date(Date.now() + 60000));
  assert.equal(kept.length, 3);
  await sender.cancelScheduledMessages(back);
  await rejected(sender.cancelScheduledMessages(back), 'MessageNotFound');
  const got = await receive(client.createReceiver(name), 3);
  assert.deepEqual(bodies(got), [1, 2, 3]);
  assert.ok(got.every(m => m.enqueuedTimeUtc >= soon));
  await isEmpty(name);
});

contract('A subscriber gets every message once, several at a time', async () => {
  const name = queue();
  const seen = new Map();
  const receiver = client.createReceiver(name);
  const sender = client.createSender(name);
  await sender.sendMessages(numbers(100).map(body => ({ body })));
  await new Promise((resolve, reject) => {
    const subscription = receiver.subscribe(
      {
        async processMessage(message) {
          seen.set(message.body, (seen.get(message.body) ?? 0) + 1);
          if (seen.size === 200) {
            subscription.close().then(resolve, reject);
          }
        },
        async processError({ error }) {
          reject(error);
        },
      },
      { maxConcurrentCalls: 10 });
    sender.sendMessages(numbers(100).map(i => ({ body: 100 + i }))).catch(reject);
  });
  await receiver.close();
  assert.deepEqual([...seen.values()].filter(times => times !== 1), []);
  await isEmpty(name);
});

contract('A subscriber whose handler fails gets the message again', async () => {
  const name = queue();
  await client.createSender(name).sendMessages({ body: 'shaky' });
  const receiver = client.createReceiver(name);
  const counts = await new Promise((resolve, reject) => {
    const seen = [];
    const subscription = receiver.subscribe({
      async processMessage(message) {
        seen.push(message.deliveryCount);
        if (seen.length < 3) {
          throw new Error('not yet');
        }

        subscription.close().then(() => resolve(seen), reject);
      },
      async processError() {},
    });
  });
  await receiver.close();
  assert.deepEqual(counts, [0, 1, 2]);
});

contract('A session is received in its order, by one receiver at a time', async () => {
  const name = sessionQueue();
  const sender = client.createSender(name);
  await sender.sendMessages(numbers(30).map(i => ({ body: i, sessionId: `s-${i % 3}` })));
  const session = await client.acceptSession(name, 's-1');
  assert.equal(session.sessionId, 's-1');
  assert.ok(session.sessionLockedUntilUtc > new Date());
  await rejected(client.acceptSession(name, 's-1'), 'SessionCannotBeLocked');
  assert.deepEqual(bodies(await receive(session, 10)), numbers(30).filter(i => i % 3 === 1));
  await session.close();
  const again = await client.acceptSession(name, 's-1');
  assert.deepEqual(await again.receiveMessages(1, { maxWaitTimeInMs: 200 }), []);
  await again.close();
});

contract('The next session is one that nobody has', async () => {
  const name = sessionQueue();
  await client.createSender(name).sendMessages(['a', 'b', 'c'].flatMap(sessionId => numbers(5).map(body => ({ body, sessionId }))));
  const sessions = [await client.acceptNextSession(name), await client.acceptNextSession(name), await client.acceptNextSession(name)];
  assert.deepEqual(sessions.map(s => s.sessionId).sort(), ['a', 'b', 'c']);
  for (const session of sessions) {
    assert.deepEqual(bodies(await receive(session, 5)), numbers(5));
    await session.close();
  }

  const impatient = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 0, timeoutInMs: 1000 } });
  const error = await impatient.acceptNextSession(name).then(() => assert.fail('there is none'), e => e);
  assert.ok(['ServiceTimeout', 'SessionCannotBeLocked'].includes(error.code), `${error.code}: ${error.message}`);
  await impatient.close();
});

contract('A session waits for its first message', async () => {
  const name = sessionQueue();
  const waiting = client.acceptNextSession(name);
  await client.createSender(name).sendMessages({ body: 1, sessionId: 'late' });
  const session = await waiting;
  assert.equal(session.sessionId, 'late');
  await receive(session, 1);
  await session.close();
});

contract('A session keeps its state, and its lock can be renewed', async () => {
  const name = sessionQueue();
  const session = await client.acceptSession(name, 'stateful');
  assert.equal(await session.getSessionState(), null);
  await session.setSessionState({ step: 3 });
  assert.deepEqual(await session.getSessionState(), { step: 3 });
  const until = session.sessionLockedUntilUtc;
  await delay(20);
  assert.ok(await session.renewSessionLock() > until);
  await session.close();
  const again = await client.acceptSession(name, 'stateful');
  assert.deepEqual(await again.getSessionState(), { step: 3 });
  await again.setSessionState(null);
  assert.equal(await again.getSessionState(), null);
  await again.close();
});

contract('In a session, messages are settled in every way', async () => {
  const name = sessionQueue();
  await client.createSender(name).sendMessages(numbers(4).map(body => ({ body, sessionId: 's' })));
  const session = await client.acceptSession(name, 's');
  const [complete, dead, deferred, abandoned] = await receive(session, 4, () => undefined);
  await session.completeMessage(complete);
  await session.deadLetterMessage(dead, { deadLetterReason: 'r' });
  await session.deferMessage(deferred);
  await session.abandonMessage(abandoned);
  assert.deepEqual(bodies(await receive(session, 1)), [4]);
  const [back] = await session.receiveDeferredMessages(deferred.sequenceNumber);
  assert.equal(back.body, 3);
  await session.completeMessage(back);
  assert.deepEqual(await session.peekMessages(5), []);
  await session.close();
  assert.deepEqual(bodies(await receive(client.createReceiver(name, { subQueueType: 'deadLetter' }), 1)), [2]);
});

contract('A subscriber to a session gets its messages in order', async () => {
  const name = sessionQueue();
  await client.createSender(name).sendMessages(numbers(40).map(body => ({ body, sessionId: 'ordered' })));
  const session = await client.acceptNextSession(name);
  const seen = await new Promise((resolve, reject) => {
    const got = [];
    session.subscribe({
      async processMessage(message) {
        got.push(message.body);
        if (got.length === 40) {
          setTimeout(() => resolve(got), 50);
        }
      },
      async processError({ error }) {
        reject(error);
      },
    });
  });
  await session.close();
  assert.deepEqual(seen, numbers(40));
});

contract('Without a session id nothing is sent to an entity of sessions', async () => {
  const name = sessionQueue();
  await rejected(client.createSender(name).sendMessages({ body: 1 }), 'GeneralError', /InvalidOperation/);
});

contract('A receiver without a session gets nothing of an entity of sessions, and the other way round', async () => {
  await rejected(client.createReceiver(sessionQueue()).receiveMessages(1), 'GeneralError', /InvalidOperation/);
  await rejected(client.acceptSession(queue(), 's'), 'SessionCannotBeLocked');
});

contract('Every subscription of a topic gets what its rules select', async () => {
  const name = topic();
  await client.createSender(name).sendMessages(numbers(20).map(body => ({ body, subject: body % 2 ? 'odd' : 'even' })));
  assert.deepEqual(bodies(await receive(client.createReceiver(name, 'all'), 20)), numbers(20));
  assert.deepEqual(bodies(await receive(client.createReceiver(name, 'odd'), 10)), numbers(20).filter(i => i % 2));
  await isEmpty(`${name}/Subscriptions/odd`);
});

contract('An entity that does not exist is not found', async () => {
  await rejected(client.createSender('nowhere').sendMessages({ body: 1 }), 'MessagingEntityNotFound');
  await rejected(client.createReceiver('nowhere').receiveMessages(1), 'MessagingEntityNotFound');
  await rejected(client.createReceiver('topic-1', 'nobody').receiveMessages(1), 'MessagingEntityNotFound');
  await rejected(client.createReceiver('nowhere').peekMessages(1), 'MessagingEntityNotFound');
});

contract('A wrong key opens nothing', async () => {
  const stranger = new ServiceBusClient(connectionString.replace(/SharedAccessKey=[^;]*/, 'SharedAccessKey=wrong'), { retryOptions });
  await rejected(stranger.createSender(queue()).sendMessages({ body: 1 }), 'UnauthorizedAccess');
  await stranger.close();
});

contract('A queue is made, read, listed, changed and deleted', async () => {
  const made = await administration.createQueue('made-here', { lockDuration: 'PT30S', maxDeliveryCount: 3, requiresSession: true, userMetadata: 'mine', forwardDeadLetteredMessagesTo: 'queue-60' });
  assert.deepEqual([made.name, made.lockDuration, made.maxDeliveryCount, made.requiresSession, made.userMetadata, made.status], ['made-here', 'PT30S', 3, true, 'mine', 'Active']);
  await rejected(administration.createQueue('made-here'), 'MessageEntityAlreadyExistsError');
  assert.equal((await administration.getQueue('made-here')).maxDeliveryCount, 3);
  assert.equal((await administration.updateQueue({ ...made, maxDeliveryCount: 5 })).maxDeliveryCount, 5);
  const names = [];
  for await (const { name } of administration.listQueues()) {
    names.push(name);
  }

  assert.ok(names.includes('made-here') && names.length > 90 && new Set(names).size === names.length);
  await administration.deleteQueue('made-here');
  assert.equal(await administration.queueExists('made-here'), false);
  await rejected(administration.deleteQueue('made-here'), 'MessageEntityNotFoundError');
  await rejected(administration.createQueue('no good!'), 'ServiceError');
});

contract('What an entity counts is what is in it', async () => {
  await administration.createQueue('counted');
  const sender = client.createSender('counted');
  await sender.sendMessages(numbers(4).map(body => ({ body })));
  await sender.scheduleMessages({ body: 5 }, new Date(Date.now() + 3600000));
  const receiver = client.createReceiver('counted');
  await receive(receiver, 1, m => receiver.deadLetterMessage(m));
  const counts = await administration.getQueueRuntimeProperties('counted');
  assert.deepEqual([counts.activeMessageCount, counts.deadLetterMessageCount, counts.scheduledMessageCount, counts.totalMessageCount], [3, 1, 1, 5]);
  assert.ok(counts.sizeInBytes > 0);
  await administration.deleteQueue('counted');
});

contract('A topic, a subscription and rules are made and used', async () => {
  await administration.createTopic('news', { requiresDuplicateDetection: true });
  await administration.createSubscription('news', 'red', { maxDeliveryCount: 7 });
  await administration.deleteRule('news', 'red', '$Default');
  await administration.createRule('news', 'red', 'colour', { applicationProperties: { colour: 'red', n: 1, yes: true } });
  await administration.createRule('news', 'red', 'big', { sqlExpression: 'size > @limit', sqlParameters: { '@limit': 10 } }, { sqlExpression: "SET big = 'yes'" });
  const rules = [];
  for await (const rule of administration.listRules('news', 'red')) {
    rules.push([rule.name, rule.filter.sqlExpression ?? rule.filter.applicationProperties, rule.action?.sqlExpression]);
  }

  assert.deepEqual(rules, [['big', 'size > @limit', "SET big = 'yes'"], ['colour', { colour: 'red', n: 1, yes: true }, undefined]]);
  await client.createSender('news').sendMessages([
    { body: 1, applicationProperties: { colour: 'red', n: 1, yes: true } }, { body: 2, applicationProperties: { colour: 'red', n: 2, yes: true } },
    { body: 3, applicationProperties: { size: 11 } }]);
  const got = await receive(client.createReceiver('news', 'red'), 2);
  assert.deepEqual(got.map(m => [m.body, m.applicationProperties.big]), [[1, undefined], [3, 'yes']]);
  assert.equal((await administration.getSubscription('news', 'red')).maxDeliveryCount, 7);
  assert.equal((await administration.getSubscriptionRuntimeProperties('news', 'red')).totalMessageCount, 0);
  assert.equal((await administration.getTopicRuntimeProperties('news')).subscriptionCount, 1);
  const subscriptions = [];
  for await (const { subscriptionName } of administration.listSubscriptions('news')) {
    subscriptions.push(subscriptionName);
  }

  assert.deepEqual(subscriptions, ['red']);
  await administration.deleteSubscription('news', 'red');
  await administration.deleteTopic('news');
  assert.equal(await administration.topicExists('news'), false);
});

contract('Rules are changed over AMQP, too', async () => {
  const name = topic();
  const manager = client.createRuleManager(name, 'all');
  await manager.createRule('by-sql', { sqlExpression: "sys.Label = 'x'" }, { sqlExpression: 'SET a = 1' });
  await manager.createRule('by-correlation', { subject: 'y', applicationProperties: { n: 'three' } });
  await rejected(manager.createRule('by-sql', { sqlExpression: '1 = 1' }), 'MessagingEntityAlreadyExists');
  await manager.deleteRule('$Default');
  const rules = [];
  for await (const rule of manager.listRules()) {
    rules.push([rule.name, rule.filter.sqlExpression ?? rule.filter.subject, rule.action?.sqlExpression]);
  }

  assert.deepEqual(rules, [['by-correlation', 'y', undefined], ['by-sql', "sys.Label = 'x'", 'SET a = 1']]);
});

contract('The namespace says what it is', async () => {
  assert.equal((await administration.getNamespaceProperties()).messagingSku, 'Premium');
});

for (const { name, run } of contracts) {
  let error = null;
  const began = Date.now();
  try {
    await Promise.race([run(), delay(60000, undefined, { ref: false }).then(() => { throw new Error('It was not through after a minute.'); })]);
  } catch (e) {
    error = e.stack ?? `${e}`;
  }

  console.log(JSON.stringify({ name, error, milliseconds: Date.now() - began }));
}

await client.close();
process.exit(0);
