// A portal with any certified OpenID library; here openid-client. Pushed request, PKCE, DPoP, then a signed payment.
import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { clientKey, gateway, issuer, optional, setting } from './settings.mjs'
import { signingFetch } from './signing.mjs'
import { throughTheBrowser } from './user.mjs'

const fetchSigned = await signingFetch()
const config = await client.discovery(issuer(), setting('CLIENT_ID'), {}, client.PrivateKeyJwt(await clientKey()))
config[client.customFetch] = fetchSigned

// One key for each session of a user; the token is worth nothing without it. Keep it where the session is kept.
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))

// What the user is to approve beside the sign-in (RFC 9396), as JSON; what of it was granted is in the answer and in the token.
const details = optional('AUTHORIZATION_DETAILS')

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const address = await client.buildAuthorizationUrlWithPAR(config, {
  redirect_uri: setting('REDIRECT_URI'),
  scope: setting('SCOPE'), // with offline_access, the answer has a refresh token
  state: expectedState,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  ...(details && { authorization_details: details }),
}, { DPoP })

const callback = await throughTheBrowser(address)
const tokens = await client.authorizationCodeGrant(config, callback, { pkceCodeVerifier, expectedState }, undefined, { DPoP })
console.log('token_type', tokens.token_type)
if (details) {
  console.log('granted', JSON.stringify(tokens.authorization_details))
  console.log('in_token', JSON.stringify(decodeJwt(tokens.access_token).authorization_details)) // to show it: a portal need not read its tokens
}

const call = (method, path, body, headers) =>
  client.fetchProtectedResource(config, tokens.access_token, new URL(path, gateway()), method, body, new Headers(headers), { DPoP })

const accounts = await call('GET', '/corporate/v1/accounts')
console.log('accounts', accounts.status)

const payment = await call('POST', '/corporate/v1/payments', JSON.stringify({
  debtorAccount: setting('DEBTOR_ACCOUNT'),
  creditor: { name: 'Nordlicht Logistik GmbH', account: 'DE89370400440532013000' },
  amount: '1250.00',
  currency: 'EUR',
  reference: 'INV-1042',
}), { 'content-type': 'application/json', 'idempotency-key': `"${randomUUID()}"` })
console.log('payment', payment.status)
console.log('decision', payment.headers.get('corpsecure-decision-id'))

// Tokens are renewed with the same key, and the user is signed out by revoking what renews them.
if (tokens.refresh_token) {
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })
  console.log('renewed', renewed.token_type)
  await client.tokenRevocation(config, tokens.refresh_token)
  console.log('signed_out')
}
