// The same by a library of single steps, oauth4webapi: what goes over the wire shows one call at a time.
import { randomUUID } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import { clientKey, gateway, issuer, setting } from './settings.mjs'
import { signingFetch } from './signing.mjs'
import { throughTheBrowser } from './user.mjs'

const server = await oauth.processDiscoveryResponse(issuer(), await oauth.discoveryRequest(issuer(), { algorithm: 'oauth2' }))
const client = { client_id: setting('CLIENT_ID') }
const authentication = oauth.PrivateKeyJwt(await clientKey())
const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
const fetchSigned = await signingFetch()

// A server may ask for a nonce in the proof; the second try carries it.
async function withNonce(attempt) {
  try {
    return await attempt()
  } catch (error) {
    if (oauth.isDPoPNonceError(error)) return attempt()
    throw error
  }
}

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const parameters = {
  response_type: 'code',
  redirect_uri: setting('REDIRECT_URI'),
  scope: setting('SCOPE'),
  state,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
}
const pushed = await withNonce(async () => oauth.processPushedAuthorizationResponse(
  server, client, await oauth.pushedAuthorizationRequest(server, client, authentication, parameters, { DPoP })))

const address = new URL(server.authorization_endpoint)
address.searchParams.set('client_id', client.client_id)
address.searchParams.set('request_uri', pushed.request_uri)
const answer = oauth.validateAuthResponse(server, client, await throughTheBrowser(address), state)

const tokens = await withNonce(async () => oauth.processAuthorizationCodeResponse(
  server, client, await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, setting('REDIRECT_URI'), verifier, { DPoP })))
console.log('token_type', tokens.token_type)

const call = (method, path, body, headers) => withNonce(() => oauth.protectedResourceRequest(
  tokens.access_token, method, new URL(path, gateway()), new Headers(headers), body, { DPoP, [oauth.customFetch]: fetchSigned }))

console.log('accounts', (await call('GET', '/corporate/v1/accounts')).status)
const payment = await call('POST', '/corporate/v1/payments', JSON.stringify({
  debtorAccount: setting('DEBTOR_ACCOUNT'),
  creditor: { name: 'Nordlicht Logistik GmbH', account: 'DE89370400440532013000' },
  amount: '980.50',
  currency: 'EUR',
  reference: 'INV-1043',
}), { 'content-type': 'application/json', 'idempotency-key': `"${randomUUID()}"` })
console.log('payment', payment.status)
console.log('decision', payment.headers.get('corpsecure-decision-id'))
