// How many messages a second go through a queue with the JavaScript SDK. The arguments are the connection string, the queue, the number of
// messages and their size in bytes. Prints one line of JSON; messages are counted at both ends.
import assert from 'node:assert/strict';
import { ServiceBusClient } from '@azure/service-bus';

const [connectionString, queue, count, size] = process.argv.slice(2).map((argument, i) => (i > 1 ? Number(argument) : argument));
const body = Buffer.alloc(size, 'x');
const client = new ServiceBusClient(connectionString);
const perSecond = (began, messages) => messages / ((performance.now() - began) / 1000);

async function send(messages) {
  const sender = client.createSender(queue);
  const began = performance.now();
  for (let sent = 0; sent < messages; ) {
    const batch = await sender.createMessageBatch();
    while (sent < messages && batch.tryAddMessage({ body })) {
      sent++;
    }

    await sender.sendMessages(batch);
  }

  return perSecond(began, messages);
}

async function sendSingly(messages) {
  const sender = client.createSender(queue);
  const began = performance.now();
  for (let sent = 0; sent < messages; sent += 50) {
    await Promise.all([...Array(50)].map(() => sender.sendMessages({ body })));
  }

  return perSecond(began, messages);
}

async function receive(messages) {
  const receiver = client.createReceiver(queue);
  const began = performance.now();
  let received = 0;
  while (received < messages) {
    const page = await receiver.receiveMessages(Math.min(500, messages - received), { maxWaitTimeInMs: 10000 });
    assert.notEqual(page.length, 0, `only ${received} of ${messages} came`);
    await Promise.all(page.map(message => receiver.completeMessage(message)));
    received += page.length;
  }

  const rate = perSecond(began, messages);
  assert.deepEqual(await receiver.peekMessages(1), []);
  return rate;
}

await send(500);
await receive(500); // warm
const batched = await send(count);
const received = await receive(count);
const single = await sendSingly(Math.ceil(count / 250) * 50);
await receive(Math.ceil(count / 250) * 50);
console.log(JSON.stringify({ batched, single, received }));
await client.close();
process.exit(0);
