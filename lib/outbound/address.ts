// Which addresses calls may go to: those of the public internet, and those that the operator has named. Calls have URLs
// that people gave, and the machine they leave from stands where those people do not.
import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/** Entries of BATON_OUTBOUND_ALLOW: `intranet.example.com`, `10.1.2.3:8080`, `10.0.0.0/8`. */
export type AllowList = readonly string[]

export function readAllowList(setting: string | undefined): AllowList {
  return (setting ?? '')
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
}

/** Null when calls may go there, else why not. `host` is the name that was asked for. */
export function addressProblem(address: string, { host, port, allow }: Asked): string | null {
  if (!ipaddr.isValid(address)) return 'it is not an address'
  const parsed = ipaddr.process(address)
  if (isAllowed(parsed, { host, port, allow })) return null
  if (isOwn(address)) return 'it is this machine'
  const range = parsed.range()
  if (range !== 'unicast') return `it is not an address of the public internet (${words(range)})`
  // Beyond these stand ways of writing other addresses.
  if (parsed.kind() === 'ipv6' && !parsed.match(GLOBAL_IPV6)) return 'it is not an address of the public internet'
  return null
}

type Asked = { host: string; port: number; allow: AllowList }
type Address = ReturnType<typeof ipaddr.process>

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

export function isAllowed(address: Address | null, { host, port, allow }: Asked): boolean {
  return allow.some((entry) => {
    if (entry === host || entry === `${host}:${port}`) return true
    if (address === null) return false
    if (entry === address.toString() || entry === `${address.toString()}:${port}`) return true
    return entry.includes('/') && isWithin(address, entry)
  })
}

function isWithin(address: Address, entry: string): boolean {
  if (!ipaddr.isValidCIDR(entry)) return false
  const [base, bits] = ipaddr.parseCIDR(entry)
  return base.kind() === address.kind() && address.match([base, bits] as never)
}

function isOwn(address: string): boolean {
  const asked = ipaddr.process(address).toString()
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some((own) => ipaddr.isValid(own.address) && ipaddr.process(own.address).toString() === asked),
  )
}

/** `carrierGradeNat` → `carrier grade nat`. */
function words(range: string): string {
  return range.replace(/([A-Z])/g, ' $1').toLowerCase()
}
