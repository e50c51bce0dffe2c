// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Mostrador authors
//
// Shopify on loopback: Shopify's own schema of each version of its Admin API, executed by the reference implementation of GraphQL. It has
// orders of its own, counts points, wants a token, and refuses what the schema does not know. What its owner did not say, it makes up by type.
//
//   shopify.mjs check    documents as JSON ({name: text}) on standard input; prints {version: {name: [error…]}}
//   shopify.mjs serve    a shop for each version; prints {version: port}, and ends with its standard input
//
// A test tells a shop what to do, and asks what it was asked, at POST /control.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import zlib from 'node:zlib';

const PEERS = process.env.MOSTRADOR_PEERS;
const graphql = createRequire(path.join(PEERS, 'package.json'))('graphql');
const KEY = 'client', SECRET = 'secret';
// One request may cost this many points, and so many are there at most.
const MAX_COST = 1000, BUCKET = 2000, RESTORE_RATE = 100;
// Since when a refund has to say by which key it is done only once; the schema does not tell.
const IDEMPOTENT_SINCE = '2026-04', ONCE_ONLY = ['refundCreate'];
const SCOPES = ['read_orders', 'write_orders', 'read_returns', 'write_returns'];
const SCALARS = {
  Boolean: true, Int: 2, Float: 2.5, String: 'made up', Decimal: '12.50', Money: '12.50', URL: 'https://shop.example/x', UnsignedInt64: '1001',
  DateTime: '2026-11-22T04:00:00Z', Date: '2026-11-22', HTML: '<p>made up</p>', FormattedString: 'made <b>up</b>', JSON: {}, Color: '#ffffff',
};

function loadSchemas() {
  const schemas = {};
  for (const name of fs.readdirSync(path.join(PEERS, 'shopify')).sort()) {
    const version = name.match(/^admin_(\d{4}-\d\d)\.json\.gz$/)?.[1];
    if (!version) continue;
    const text = JSON.parse(zlib.gunzipSync(fs.readFileSync(path.join(PEERS, 'shopify', name))));
    schemas[version] = graphql.buildClientSchema(text.data ?? text);
  }
  return schemas;
}

function problemsOf(schema, text) {
  try {
    return graphql.validate(schema, graphql.parse(text));
  } catch (error) {
    return [error];
  }
}

// ---------------------------------------------------------------------------------------------------------------- points

// As Shopify's documentation counts: an object is one, a connection two and what is asked of each of its nodes, a mutation ten.
class Cost {
  constructor(schema, document, variables) {
    this.schema = schema;
    this.variables = variables;
    this.fragments = Object.fromEntries(document.definitions.filter((d) => d.kind === 'FragmentDefinition').map((d) => [d.name.value, d]));
    const operation = document.definitions.find((d) => d.kind === 'OperationDefinition');
    this.total = this.ofSelection(schema.getRootType(operation.operation), operation.selectionSet) + (operation.operation === 'mutation' ? 10 : 0);
  }

  ofSelection(type, set, size = 1) {
    let cost = 0;
    for (const one of set?.selections ?? []) {
      if (one.kind === 'Field') cost += this.ofField(type, one, size);
      else {
        const inner = one.kind === 'FragmentSpread' ? this.fragments[one.name.value] : one;
        cost += this.ofSelection(inner.typeCondition ? this.schema.getType(inner.typeCondition.name.value) : type, inner.selectionSet, size);
      }
    }
    return cost;
  }

  ofField(parent, field, size) {
    const definition = parent.getFields?.()[field.name.value];
    const type = definition && graphql.getNamedType(definition.type);
    if (!type || !graphql.isCompositeType(type)) return 0;
    const limit = field.arguments.find((a) => a.name.value === 'first' || a.name.value === 'last')?.value;
    const n = Number((limit?.kind === 'Variable' ? this.variables[limit.name.value] : limit?.value) ?? 1);
    if (type.name.endsWith('Connection')) return 2 + this.ofSelection(type, field.selectionSet, n);
    const times = parent.name.endsWith('Connection') && field.name.value !== 'pageInfo' ? size : n;
    return times * (1 + this.ofSelection(type, field.selectionSet));
  }
}

// ------------------------------------------------------------------------------------------------------------- the shop

class Shop {
  constructor(version, schema) {
    Object.assign(this, { version, schema, orders: [], nTokens: 0, token: 'shpat_0', throttled: 0, fails: [], isSpare: false, nMade: 0, scopes: SCOPES, done: new Map(), asked: [], refused: [] });
  }

  // Everything that need not be there is not there (isSpare), or all is, and each value of a list of words gets its turn.
  makeUp(type, args) {
    if (!graphql.isNonNullType(type) && this.isSpare) return null;
    const bare = graphql.getNullableType(type);
    if (graphql.isListType(bare)) return Array.from({ length: this.isSpare ? 0 : Math.min(args.first ?? 2, 2) }, () => this.makeUp(graphql.isNonNullType(bare.ofType) ? bare.ofType : new graphql.GraphQLNonNull(bare.ofType), {}));
    this.nMade++;
    if (graphql.isEnumType(bare)) return bare.getValues()[this.nMade % bare.getValues().length].value;
    if (bare.name === 'ID') return `gid://shopify/Thing/${this.nMade}`;
    if (graphql.isScalarType(bare)) return SCALARS[bare.name] ?? 'made up';
    return graphql.isAbstractType(bare) ? { __typename: this.schema.getPossibleTypes(bare)[0].name } : {};
  }

  resolve(source, args, info) {
    const given = source?.[info.fieldName];
    if (typeof given === 'function') return given(args);
    if (given !== undefined) return given;
    return /userErrors$/i.test(info.fieldName) ? [] : this.makeUp(info.returnType, args);
  }

  listOrders({ first, last, after, query, reverse, sortKey }) {
    const since = query ? query.match(/^updated_at:>='(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)'$/)?.[1] : '';
    if (since === undefined) throw new graphql.GraphQLError(`It is not known how to search for ${query}`);
    if (!first && !last) throw new graphql.GraphQLError('you must provide one of first or last');
    const key = (order) => `${sortKey === 'UPDATED_AT' ? order.updatedAt : order.createdAt} ${order.legacyResourceId.padStart(20, '0')}`;
    const rows = this.orders.filter((o) => o.updatedAt >= since).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    if (reverse) rows.reverse();
    const behind = after ? rows.filter((o) => (reverse ? key(o) < Buffer.from(after, 'base64').toString() : key(o) > Buffer.from(after, 'base64').toString())) : rows;
    const nodes = behind.slice(0, first ?? last);
    return { nodes, pageInfo: { hasNextPage: behind.length > nodes.length, endCursor: nodes.length ? Buffer.from(key(nodes.at(-1))).toString('base64') : null } };
  }

  root() {
    const find = (id) => this.orders.find((o) => o.id === id) ?? null;
    return {
      shop: { name: 'Mugs', currencyCode: 'EUR' },
      orders: (args) => this.listOrders(args),
      order: (args) => find(args.id),
      currentAppInstallation: { accessScopes: this.scopes.map((handle) => ({ handle })) },
      returnableFulfillments: ({ orderId }) => ({ nodes: find(orderId)?.returnable ?? [] }),
      // As RefundInput says: the currency that the customer paid in, and needed where the shop's is another.
      refundCreate: ({ input }) => {
        const { presentmentMoney, shopMoney } = find(input.orderId)?.totalPriceSet ?? {};
        const differs = presentmentMoney?.currencyCode !== shopMoney?.currencyCode;
        return !differs || input.currency === presentmentMoney.currencyCode ? {} : { refund: null, userErrors: [{ field: ['currency'], message: 'Currency is needed' }] };
      },
      // A job that is done at once.
      orderCancel: ({ orderId }) => {
        Object.assign(find(orderId) ?? {}, { cancelledAt: '2026-11-22T05:00:00Z' });
        return {};
      },
    };
  }

  refuse(message, code) {
    this.refused.push(message);
    return { errors: [{ message, extensions: { code } }] };
  }

  // A key given twice is answered as it was the first time, and nothing is done; with another request it is wrong.
  onceOnly(operation, variables) {
    for (const field of operation.selectionSet.selections) {
      if (!ONCE_ONLY.includes(field.name?.value)) continue;
      const key = field.directives.find((d) => d.name.value === 'idempotent')?.arguments[0].value;
      if (!key) return this.version >= IDEMPOTENT_SINCE ? { problem: `${field.name.value} needs the @idempotent directive` } : {};
      return { key: key.kind === 'Variable' ? variables[key.name.value] : key.value };
    }
    return {};
  }

  async query(text) {
    let request;
    try {
      request = JSON.parse(text);
    } catch {
      return [400, { errors: { query: 'Required parameter missing or invalid' } }];
    }
    const [problem] = problemsOf(this.schema, request.query ?? '');
    if (problem) return [200, this.refuse(problem.message, 'undefinedField')];
    const document = graphql.parse(request.query), variables = request.variables ?? {};
    const operation = document.definitions.find((d) => d.kind === 'OperationDefinition');
    this.asked.push(operation.name?.value ?? '');
    const requestedQueryCost = new Cost(this.schema, document, variables).total;
    const cost = (available) => ({ cost: { requestedQueryCost, throttleStatus: { maximumAvailable: BUCKET, currentlyAvailable: available, restoreRate: RESTORE_RATE } } });
    if (requestedQueryCost > MAX_COST) return [200, { errors: [{ message: `Query cost is ${requestedQueryCost}, which exceeds the single query max cost limit (${MAX_COST}).`, extensions: { code: 'MAX_COST_EXCEEDED' } }] }];
    if (this.throttled > 0) {
      this.throttled--;
      return [200, { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: cost(requestedQueryCost - 1) }];
    }
    const once = this.onceOnly(operation, variables);
    if (once.problem) return [200, this.refuse(once.problem, 'BAD_REQUEST')];
    if (this.done.has(once.key)) {
      const before = this.done.get(once.key);
      return [200, before.text === text ? before.answer : this.refuse('The idempotency key was used for something else', 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH')];
    }
    const answer = await graphql.execute({ schema: this.schema, document, variableValues: variables, operationName: request.operationName, rootValue: this.root(), fieldResolver: (source, args, _, info) => this.resolve(source, args, info) });
    for (const error of answer.errors ?? []) this.refused.push(error.message);
    if (once.key) this.done.set(once.key, { text, answer });
    return [200, { ...answer, extensions: cost(BUCKET - requestedQueryCost) }];
  }

  grant(form) {
    const given = new URLSearchParams(form);
    if (given.get('grant_type') !== 'client_credentials' || given.get('client_id') !== KEY || given.get('client_secret') !== SECRET) return [400, { error: 'invalid_client' }];
    this.token = `shpat_${++this.nTokens}`;
    return [200, { access_token: this.token, scope: this.scopes.join(), expires_in: 86399 }];
  }

  control(text) {
    const { orders, ...rest } = JSON.parse(text);
    for (const order of orders ?? []) this.orders.push({ legacyResourceId: order.id, ...order, id: `gid://shopify/Order/${order.id}` });
    Object.assign(this, rest);
    return [200, { asked: this.asked, refused: this.refused, tokens: this.nTokens }];
  }

  answer(request, body) {
    if (request.method !== 'POST') return [405, { errors: 'Method Not Allowed' }];
    if (request.url === '/control') return this.control(body);
    if (request.url === '/admin/oauth/access_token') return this.grant(body);
    // A version that is no longer, or not yet, served is answered by the one that is nearest.
    if (!/^\/admin\/api\/\d{4}-(01|04|07|10)\/graphql\.json$/.test(request.url)) return [404, { errors: 'Not Found' }];
    if (request.headers['content-type'] !== 'application/json') return [415, { errors: 'Unsupported Media Type' }];
    if (request.headers['x-shopify-access-token'] !== this.token) return [401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' }];
    return this.query(body);
  }

  listen() {
    const server = http.createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part)).on('end', async () => {
        const [status, answer] = await this.answer(request, Buffer.concat(parts).toString());
        response.writeHead(status, { 'Content-Type': 'application/json', 'X-Shopify-API-Version': this.version }).end(JSON.stringify(answer));
      });
    });
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
  }
}

const schemas = loadSchemas();
if (process.argv[2] === 'check') {
  const documents = Object.entries(JSON.parse(fs.readFileSync(0, 'utf8')));
  const found = Object.entries(schemas).map(([version, schema]) => [version, Object.fromEntries(documents.map(([name, text]) => [name, problemsOf(schema, text).map((p) => p.message)]))]);
  console.log(JSON.stringify(Object.fromEntries(found)));
} else {
  const ports = {};
  for (const [version, schema] of Object.entries(schemas)) ports[version] = await new Shop(version, schema).listen();
  console.log(JSON.stringify(ports));
  process.stdin.resume().on('end', () => process.exit(0));
}
