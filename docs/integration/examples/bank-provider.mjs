// Stands in for a provider that a bank has already: oidc-provider in the FAPI 2.0 profile, with DPoP and authorization_details.
// What matters to the gateway: signed access tokens of the type at+jwt, bound to their sender, with the claims that the gateway's
// settings name. Everything else is the provider's own business.
import { createServer } from 'node:https'
import { readFile } from 'node:fs/promises'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { errors } from 'oidc-provider'
import { setting } from './settings.mjs'

const people = new Map([['k.brandt', { employee: 'emp-4711', company: 'acme' }]])
const audience = setting('AUDIENCE')
const clientKeys = JSON.parse(await readFile(setting('CLIENT_JWKS_FILE'), 'utf8'))

const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const signingKey = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'bank-1' }

const provider = new Provider(setting('ISSUER'), {
  clients: [{
    client_id: setting('CLIENT_ID'),
    redirect_uris: [setting('REDIRECT_URI')],
    application_type: 'native',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    jwks: clientKeys,
    dpop_bound_access_tokens: true,
    authorization_details_types: ['payment_initiation'],
  }],
  jwks: { keys: [signingKey] },
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256'], dPoPSigningAlgValues: ['ES256'] },
  scopes: ['openid', 'corporate'],
  pkce: { required: () => true },
  ttl: { AccessToken: 120, AuthorizationCode: 60, RefreshToken: 12 * 60 * 60, Session: 12 * 60 * 60, Grant: 12 * 60 * 60, Interaction: 600, PushedAuthorizationRequest: 60 },
  cookies: { keys: [setting('COOKIE_SECRET')] },
  findAccount: (_, id) => people.has(id) && { accountId: id, claims: () => ({ sub: id }) },
  extraTokenClaims: (ctx, token) => {
    const { employee, company } = people.get(token.accountId)
    const loginTs = ctx.oidc.entities.AuthorizationCode?.authTime ?? ctx.oidc.entities.RefreshToken?.authTime
    return { employee, company, assurance: 'substantial', amr: ['pwd', 'otp'], auth_time: loginTs }
  },
  features: {
    devInteractions: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    dPoP: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    richAuthorizationRequests: {
      enabled: true,
      types: {
        payment_initiation: { validate: (_, detail) => { if (!detail.instructedAmount) throw new errors.InvalidAuthorizationDetails('instructedAmount is missing') } },
      },
      authorizationDetailsForGrantSource: (ctx) => JSON.parse(ctx.oidc.params.authorization_details),
      authorizationDetailsForAccessToken: (_, token, source) => source.rar,
      authorizationDetailsForIntrospection: (_, token) => token.rar,
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'corporate', audience, accessTokenFormat: 'jwt', accessTokenTTL: 120, jwt: { sign: { alg: 'ES256' } } }),
    },
  },
})

const server = createServer({ cert: await readFile(setting('CERTIFICATE_FILE')), key: await readFile(setting('CERTIFICATE_KEY_FILE')) }, provider.callback())
server.listen(Number(new URL(setting('ISSUER')).port), '127.0.0.1', () => console.log('listening'))
