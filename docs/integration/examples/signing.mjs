// Signs requests to the gateway: HTTP message signatures (RFC 9421) in the FAPI 2.0 profile, over the exact bytes of the body.
import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSigner, httpbis } from 'http-message-signatures'
import { gateway, setting } from './settings.mjs'

// A fetch that signs what goes to the gateway with a body and leaves everything else as it is.
export async function signingFetch(inner = fetch) {
  const key = createSigner(await readFile(setting('SIGNING_KEY_FILE'), 'utf8'), 'ecdsa-p256-sha256', setting('SIGNING_KEY_ID'))
  return async (url, options) => {
    const target = new URL(url)
    if (target.origin !== gateway() || !options.body) return inner(url, options)
    return inner(url, { ...options, headers: await sign(key, target, options) })
  }
}

async function sign(key, url, { method, headers, body }) {
  const digest = createHash('sha256').update(body).digest('base64')
  const message = { method, url, headers: { ...Object.fromEntries(new Headers(headers)), 'content-digest': `sha-256=:${digest}:` } }
  const signed = await httpbis.signMessage({
    key,
    name: 'order',
    fields: ['@method', '@target-uri', 'authorization', 'dpop', 'content-digest', 'content-type', 'idempotency-key'].filter(
      (field) => field.startsWith('@') || field in message.headers,
    ),
    params: ['created', 'nonce', 'keyid', 'tag'],
    paramValues: { created: new Date(), nonce: randomUUID(), tag: 'fapi-2-request' },
  }, message)
  return signed.headers
}
