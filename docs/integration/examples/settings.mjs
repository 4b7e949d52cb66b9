// What the examples need to know, from the environment. The authority that signed the demo's certificates goes into
// NODE_EXTRA_CA_CERTS, which Node reads by itself.
import { readFile } from 'node:fs/promises'
import { importPKCS8 } from 'jose'

export const setting = (name) => process.env[name] ?? fail(`${name} is not set`)
export const optional = (name) => process.env[name] || undefined

export const issuer = () => new URL(setting('ISSUER'))
export const gateway = () => setting('GATEWAY')

// The key that proves which OAuth client this is (private_key_jwt).
export const clientKey = async () => ({
  key: await importPKCS8(await readFile(setting('CLIENT_KEY_FILE'), 'utf8'), 'ES256'),
  kid: setting('CLIENT_KEY_ID'),
})

export function fail(message) {
  console.error(message)
  process.exit(64)
}
