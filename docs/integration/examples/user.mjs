// The person at the browser. A portal redirects the real one to the address; the examples fill in the sign-in forms themselves.
import { createHmac } from 'node:crypto'
import { setting } from './settings.mjs'

const longestWay = 20
const codeStep = 30_000

export async function throughTheBrowser(address) {
  const browser = new Browser()
  const redirect = new URL(setting('REDIRECT_URI'))
  let page = await browser.open(address)
  let code
  for (let step = 0; step < longestWay; step++) {
    if (page.location) {
      const next = new URL(page.location, page.url)
      if (next.hostname === redirect.hostname && next.pathname === redirect.pathname) return next
      page = await browser.open(next)
      continue
    }
    if (page.html.includes('name="Code"')) {
      while (totp(setting('TOTP_SECRET')) === code) await nextCode() // a code counts once
      code = totp(setting('TOTP_SECRET'))
      page = await browser.submit(page, { Code: code })
      continue
    }
    // Signed in elsewhere a moment ago: that took the code, and the sign-in begins again with the next one.
    page = await browser.submit(page, answers(page.html))
  }
  throw new Error(`the sign-in did not end; the last page was ${page.url.pathname} (${page.status})`)
}

function answers(html) {
  if (html.includes('name="Password"')) return { Username: setting('USERNAME'), Password: setting('PASSWORD') }
  if (html.includes('value="approve"')) return { Answer: 'approve' }
  if (html.includes('name="login"')) return { login: setting('USERNAME'), password: setting('PASSWORD') } // oidc-provider's own pages
  if (html.includes('value="consent"')) return {}
  throw new Error('a page that this example does not know')
}

class Browser {
  #cookies = new Map()

  open = (url) => this.#send(new URL(url), { method: 'GET' })

  submit(page, fields) {
    const form = new URLSearchParams(fields)
    for (const [, tag] of page.html.matchAll(/<input([^>]*type="hidden"[^>]*)>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1]
      if (name) form.set(name, unescape(/value="([^"]*)"/.exec(tag)?.[1] ?? ''))
    }
    const action = unescape(/<form[^>]*action="([^"]*)"/.exec(page.html)?.[1] ?? page.url.href)
    return this.#send(new URL(action, page.url), { method: 'POST', body: form })
  }

  async #send(url, options) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...options, redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const line of response.headers.getSetCookie()) {
      const [name, ...value] = line.split(';')[0].split('=')
      this.#cookies.set(name, value.join('='))
    }
    return { url, status: response.status, location: response.headers.get('location'), html: await response.text() }
  }
}

const unescape = (text) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x2B;', '+').replaceAll('&#x3D;', '=')

const nextCode = () => new Promise((resolve) => setTimeout(resolve, codeStep - (Date.now() % codeStep)))

// RFC 6238. A demo account's authenticator app, so to speak.
function totp(secret, step = Math.floor(Date.now() / codeStep)) {
  const bits = [...secret].map((character) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = mac[19] & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
