// An ERP system without a user: client credentials over mutual TLS (RFC 8705). The certificate proves who asks for the token and
// who uses it, so that there is no DPoP here.
import { readFile } from 'node:fs/promises'
import * as client from 'openid-client'
import { Agent, fetch } from 'undici'
import { gateway, issuer, setting } from './settings.mjs'

const dispatcher = new Agent({
  connect: {
    cert: await readFile(setting('CERTIFICATE_FILE')),
    key: await readFile(setting('CERTIFICATE_KEY_FILE')),
    ca: await readFile(setting('NODE_EXTRA_CA_CERTS')),
  },
})
const fetchWithCertificate = (url, options) => fetch(url, { ...options, dispatcher })

const config = await client.discovery(issuer(), setting('CLIENT_ID'), { use_mtls_endpoint_aliases: true }, client.TlsClientAuth(), {
  [client.customFetch]: fetchWithCertificate,
})
config[client.customFetch] = fetchWithCertificate

const tokens = await client.clientCredentialsGrant(config, { scope: 'corporate' })
console.log('token_type', tokens.token_type)

const accounts = await client.fetchProtectedResource(config, tokens.access_token, new URL('/corporate/v1/accounts', gateway()), 'GET')
console.log('accounts', accounts.status)
console.log('decision', accounts.headers.get('corpsecure-decision-id'))
await dispatcher.close()
