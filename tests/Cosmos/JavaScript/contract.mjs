// What an app does with the JavaScript SDK, against the endpoint whose connection string is the argument. Prints a line of JSON for each
// contract: its name, and what went wrong, if anything did.
import assert from 'node:assert/strict';
import { ChangeFeedStartFrom, CosmosClient } from '@azure/cosmos';

const contracts = [];
const contract = (name, run) => contracts.push({ name, run });

const setting = name => process.argv[2].split(';').find(part => part.startsWith(`${name}=`)).slice(name.length + 1);
const client = new CosmosClient({ endpoint: setting('AccountEndpoint'), key: setting('AccountKey'), connectionPolicy: { enableEndpointDiscovery: false } });
const { database } = await client.databases.create({ id: `contract-${process.pid}` });
let containers = 0;

/** A container of its own for each contract, with as many items as asked for, spread over five owners. */
async function notes(count = 0, definition = {}) {
  const { container } = await database.containers.create({ id: `notes-${++containers}`, partitionKey: { paths: ['/owner'] }, ...definition });
  for (let i = 1; i <= count; i++) {
    await container.items.create({ id: `${i}`, owner: `owner-${i % 5}`, n: i, tags: [`t${i % 3}`, `t${i % 2}`] });
  }

  return container;
}

const rejected = async (promise, code) => assert.equal((await promise.then(() => assert.fail(`expected ${code}`), error => error)).code, code);
const all = async (container, query, options) => (await container.items.query(query, options).fetchAll()).resources;

contract('A database and a container are created once, read, listed and deleted', async () => {
  const { database: other } = await client.databases.createIfNotExists({ id: `${database.id}-other` });
  assert.equal((await client.databases.createIfNotExists({ id: other.id })).statusCode, 200);
  await other.containers.create({ id: 'a', partitionKey: '/k' });
  await rejected(other.containers.create({ id: 'a', partitionKey: '/k' }), 409);
  assert.deepEqual((await other.containers.readAll().fetchAll()).resources.map(c => c.id), ['a']);
  assert.deepEqual((await other.container('a').read()).resource.partitionKey.paths, ['/k']);
  assert.equal((await other.container('a').delete()).statusCode, 204);
  assert.equal((await other.delete()).statusCode, 204);
  await rejected(other.read(), 404);
});

contract('An item is created, read, upserted, replaced and deleted', async () => {
  const container = await notes();
  assert.equal((await container.items.create({ id: '1', owner: 'ada', n: 1 })).statusCode, 201);
  assert.equal((await container.item('1', 'ada').read()).resource.n, 1);
  assert.equal((await container.items.upsert({ id: '1', owner: 'ada', n: 2 })).statusCode, 200);
  assert.equal((await container.items.upsert({ id: '2', owner: 'ada', n: 2 })).statusCode, 201);
  assert.equal((await container.item('1', 'ada').replace({ id: '1', owner: 'ada', n: 3 })).resource.n, 3);
  assert.equal((await container.item('1', 'ada').delete()).statusCode, 204);
  assert.equal((await container.item('1', 'ada').read()).statusCode, 404);
});

contract('Every character of JSON comes back as it was written', async () => {
  const container = await notes();
  const item = { id: 'ü %2F', owner: 'Ω "quoted"\\', text: '\u0000\u2028😀', deep: [[{ a: null, b: [1.5, -0, 1e-7, 9007199254740991] }]], empty: {} };
  await container.items.create(item);
  const { resource } = await container.item(item.id, item.owner).read();
  assert.deepEqual(Object.fromEntries(Object.keys(item).map(k => [k, resource[k]])), JSON.parse(JSON.stringify(item)));
});

contract('An id that is taken is a conflict, in its own partition alone', async () => {
  const container = await notes();
  await container.items.create({ id: '1', owner: 'ada' });
  await rejected(container.items.create({ id: '1', owner: 'ada' }), 409);
  assert.equal((await container.items.create({ id: '1', owner: 'eve' })).statusCode, 201);
});

contract('A write under an ETag is refused once somebody else has written', async () => {
  const container = await notes();
  const { etag } = await container.items.create({ id: '1', owner: 'ada', n: 1 });
  const condition = { accessCondition: { type: 'IfMatch', condition: etag } };
  assert.notEqual((await container.item('1', 'ada').replace({ id: '1', owner: 'ada', n: 2 }, condition)).etag, etag);
  await rejected(container.item('1', 'ada').replace({ id: '1', owner: 'ada', n: 3 }, condition), 412);
  await rejected(container.item('1', 'ada').delete(condition), 412);
  assert.equal((await container.item('1', 'ada').read()).resource.n, 2);
});

contract('A read under If-None-Match says when nothing has changed', async () => {
  const container = await notes();
  const { etag } = await container.items.create({ id: '1', owner: 'ada' });
  assert.equal((await container.item('1', 'ada').read({ accessCondition: { type: 'IfNoneMatch', condition: etag } })).statusCode, 304);
});

contract('A patch does its operations in order, or none of them', async () => {
  const container = await notes();
  await container.items.create({ id: '1', owner: 'ada', n: 1, list: ['a'], old: true });
  const { resource } = await container.item('1', 'ada').patch([
    { op: 'incr', path: '/n', value: 4 },
    { op: 'add', path: '/list/0', value: 'first' },
    { op: 'set', path: '/new', value: { a: 1 } },
    { op: 'remove', path: '/old' },
    { op: 'replace', path: '/new/a', value: 2 },
  ]);
  assert.deepEqual([resource.n, resource.list, resource.new, resource.old], [5, ['first', 'a'], { a: 2 }, undefined]);
  await rejected(container.item('1', 'ada').patch([{ op: 'incr', path: '/n', value: 1 }, { op: 'replace', path: '/missing', value: 1 }]), 400);
  await rejected(container.item('1', 'ada').patch({ condition: 'FROM c WHERE c.n = 1', operations: [{ op: 'incr', path: '/n', value: 1 }] }), 412);
  assert.equal((await container.item('1', 'ada').read()).resource.n, 5);
});

contract('A batch is all or nothing, and says which operation it failed for', async () => {
  const container = await notes();
  const done = await container.items.batch([
    { operationType: 'Create', resourceBody: { id: '1', owner: 'ada', n: 1 } },
    { operationType: 'Upsert', resourceBody: { id: '2', owner: 'ada', n: 2 } },
    { operationType: 'Read', id: '1' },
    { operationType: 'Delete', id: '2' },
  ], 'ada');
  assert.deepEqual(done.result.map(r => r.statusCode), [201, 201, 200, 204]);
  const failed = await container.items.batch([
    { operationType: 'Create', resourceBody: { id: '3', owner: 'ada' } },
    { operationType: 'Create', resourceBody: { id: '1', owner: 'ada' } },
    { operationType: 'Delete', id: '1' },
  ], 'ada');
  assert.deepEqual(failed.result.map(r => r.statusCode), [424, 409, 424]);
  assert.deepEqual((await all(container, 'SELECT VALUE c.id FROM c', { partitionKey: 'ada' })), ['1']);
});

contract('Bulk writes to many partitions all arrive', async () => {
  const container = await notes();
  const operations = Array.from({ length: 150 }, (_, i) => ({ operationType: 'Create', partitionKey: `p${i % 40}`, resourceBody: { id: `${i}`, owner: `p${i % 40}` } }));
  const results = await container.items.executeBulkOperations(operations);
  assert.ok(results.every(r => r.response?.statusCode === 201));
  assert.deepEqual(await all(container, 'SELECT VALUE COUNT(1) FROM c'), [150]);
});

contract('A query in one partition takes parameters, an order and a shape', async () => {
  const container = await notes(20);
  const query = { query: 'SELECT c.id, c.n * 2 AS twice FROM c WHERE c.n BETWEEN @from AND @to ORDER BY c.n DESC', parameters: [{ name: '@from', value: 3 }, { name: '@to', value: 13 }] };
  assert.deepEqual(await all(container, query, { partitionKey: 'owner-3' }), [{ id: '13', twice: 26 }, { id: '8', twice: 16 }, { id: '3', twice: 6 }]);
});

contract('A query over all partitions is put in order page by page', async () => {
  const container = await notes(23);
  const iterator = container.items.query('SELECT VALUE c.n FROM c ORDER BY c.n DESC', { maxItemCount: 4 });
  const found = [];
  while (iterator.hasMoreResults()) {
    const { resources } = await iterator.fetchNext();
    assert.ok((resources?.length ?? 0) <= 4);
    found.push(...resources ?? []);
  }

  assert.deepEqual(found, Array.from({ length: 23 }, (_, i) => 23 - i));
});

contract('Sums, averages, extremes and counts go over all partitions', async () => {
  const container = await notes(10);
  assert.deepEqual(await all(container, 'SELECT VALUE SUM(c.n) FROM c'), [55]);
  assert.deepEqual(await all(container, 'SELECT VALUE AVG(c.n) FROM c'), [5.5]);
  assert.deepEqual(await all(container, 'SELECT VALUE MIN(c.n) FROM c'), [1]);
  assert.deepEqual(await all(container, 'SELECT VALUE MAX(c.n) FROM c WHERE c.n < 8'), [7]);
  assert.deepEqual(await all(container, 'SELECT VALUE COUNT(1) FROM c WHERE c.n > 100'), [0]);
});

contract('Groups, distinct values, top, offset and limit go over all partitions', async () => {
  const container = await notes(15);
  const groups = await all(container, 'SELECT c.owner, COUNT(1) AS k, SUM(c.n) AS s FROM c GROUP BY c.owner');
  assert.deepEqual(groups.sort((a, b) => a.owner.localeCompare(b.owner)).map(g => [g.owner, g.k, g.s]), [0, 1, 2, 3, 4].map(i => [`owner-${i}`, 3, [30, 18, 21, 24, 27][i]]));
  assert.equal((await all(container, 'SELECT DISTINCT VALUE c.owner FROM c')).length, 5);
  assert.equal((await all(container, 'SELECT TOP 4 * FROM c')).length, 4);
  assert.deepEqual(await all(container, 'SELECT VALUE c.n FROM c ORDER BY c.n OFFSET 5 LIMIT 3'), [6, 7, 8]);
});

contract('Arrays are joined, searched and measured', async () => {
  const container = await notes(6);
  assert.equal((await all(container, 'SELECT VALUE t FROM c JOIN t IN c.tags')).length, 12);
  assert.deepEqual((await all(container, "SELECT VALUE c.n FROM c WHERE ARRAY_CONTAINS(c.tags, 't2')")).sort(), [2, 5]);
  assert.deepEqual((await all(container, "SELECT VALUE c.n FROM c WHERE EXISTS (SELECT VALUE t FROM t IN c.tags WHERE t = 't2')")).sort(), [2, 5]);
});

contract('A query goes on from its continuation in another client', async () => {
  const container = await notes(20);
  const query = 'SELECT VALUE c.n FROM c ORDER BY c.n';
  const first = await container.items.query(query, { partitionKey: 'owner-1', maxItemCount: 2 }).fetchNext();
  const rest = await container.items.query(query, { partitionKey: 'owner-1', continuationToken: first.continuationToken }).fetchAll();
  assert.deepEqual([...first.resources, ...rest.resources], [1, 6, 11, 16]);
});

contract('A query that is no query is refused with a reason', async () => {
  const container = await notes(1);
  await rejected(all(container, 'SELECT * FROM', { partitionKey: 'owner-1' }), 400);
  await rejected(all(container, 'SELECT udf.mine(c) FROM c', { partitionKey: 'owner-1' }), 400);
});

contract('All items are read, of one partition and of all', async () => {
  const container = await notes(12);
  assert.equal((await container.items.readAll().fetchAll()).resources.length, 12);
  assert.deepEqual((await container.items.readAll({ partitionKey: 'owner-2' }).fetchAll()).resources.map(i => i.n), [2, 7, 12]);
});

contract('The change feed has each item as it is now, and goes on from where it was', async () => {
  const container = await notes(7);
  await container.item('3', 'owner-3').patch([{ op: 'set', path: '/n', value: 300 }]);
  const read = async changeFeedStartFrom => {
    const found = [];
    let continuation;
    for await (const page of container.items.getChangeFeedIterator({ changeFeedStartFrom }).getAsyncIterator()) {
      continuation = page.continuationToken;
      if (page.statusCode === 304) {
        return { found, continuation };
      }

      found.push(...page.result.map(i => i.n));
    }
  };
  const { found, continuation } = await read(ChangeFeedStartFrom.Beginning());
  assert.deepEqual(found.sort((a, b) => a - b), [1, 2, 4, 5, 6, 7, 300]);
  await container.items.create({ id: 'new', owner: 'owner-1', n: 8 });
  assert.deepEqual((await read(ChangeFeedStartFrom.Continuation(continuation))).found, [8]);
});

contract('An item is gone when its time is up', async () => {
  const container = await notes(0, { defaultTtl: -1 });
  await container.items.create({ id: 'brief', owner: 'ada', ttl: 1 });
  await container.items.create({ id: 'long', owner: 'ada' });
  const deadline = Date.now() + 20_000;
  while ((await container.item('brief', 'ada').read()).statusCode !== 404) {
    assert.ok(Date.now() < deadline, 'it is still there');
    await new Promise(resolve => setTimeout(resolve, 50));
  }

  assert.equal((await container.item('long', 'ada').read()).statusCode, 200);
});

contract('A throughput is asked for, read and replaced', async () => {
  const container = await notes(0, { throughput: 700 });
  const { resource, offer } = await container.readOffer();
  assert.equal(resource.content.offerThroughput, 700);
  const { resource: replaced } = await offer.replace({ ...resource, content: { ...resource.content, offerThroughput: 900 } });
  assert.equal(replaced.content.offerThroughput, 900);
  assert.equal((await offer.read()).resource.content.offerThroughput, 900);
  const scaled = await notes(0, { maxThroughput: 3000 });
  assert.equal((await scaled.readOffer()).resource.content.offerAutopilotSettings.maxThroughput, 3000);
  assert.ok((await client.offers.readAll().fetchAll()).resources.length >= 2);
});

contract('No two items of a partition have what must be unique', async () => {
  const container = await notes(0, { uniqueKeyPolicy: { uniqueKeys: [{ paths: ['/email'] }] } });
  await container.items.create({ id: '1', owner: 'ada', email: 'a@example.com' });
  await rejected(container.items.create({ id: '2', owner: 'ada', email: 'a@example.com' }), 409);
  await container.items.create({ id: '2', owner: 'ben', email: 'a@example.com' });
});

contract('Databases and containers are found by query', async () => {
  const container = await notes();
  const query = { query: 'SELECT * FROM c WHERE c.id = @id', parameters: [{ name: '@id', value: container.id }] };
  assert.deepEqual((await database.containers.query(query).fetchAll()).resources.map(c => c.id), [container.id]);
  assert.deepEqual((await client.databases.query({ query: 'SELECT * FROM d WHERE d.id = @id', parameters: [{ name: '@id', value: database.id }] }).fetchAll()).resources.map(d => d.id), [database.id]);
});

contract('A key of another account is refused', async () => {
  const stranger = new CosmosClient({ endpoint: setting('AccountEndpoint'), key: Buffer.from('another key').toString('base64'), connectionPolicy: { enableEndpointDiscovery: false } });
  await rejected(stranger.database(database.id).read(), 401);
});

contract('A stored procedure is refused by name', async () => {
  const container = await notes();
  const error = await container.scripts.storedProcedure('mine').execute('ada').catch(e => e);
  assert.equal(error.code, 400);
  assert.match(error.message, /sprocs/);
});

for (const { name, run } of contracts) {
  let error = null;
  try {
    await run();
  } catch (e) {
    error = e.stack ?? String(e.message ?? e);
  }

  console.log(JSON.stringify({ name, error }));
}

await database.delete();
client.dispose();
