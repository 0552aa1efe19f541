import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
const portal = await testPortal()
it('x', async () => {
  const map = JSON.parse(readFileSync('/tmp/sdkf/map.json', 'utf8'))
  const annot = JSON.parse(readFileSync('/tmp/sdkf/annot.json', 'utf8'))
  let out = ''
  for (const [m, [f]] of Object.entries<any>(map)) {
    const a = await portal.call(m, m.includes('getFields') ? { filter: { iblockId: 1, productType: 1 } } : {})
    let r = a.body.result
    if (!r) { out += `${m}: ${a.text}\n`; continue }
    if (r.fields && !r.fields.type) r = r.fields
    if (r.productRow) r = r.productRow
    if (r.product) r = r.product
    const ours = Object.keys(r).filter((k) => !/^(UF_CRM_|PARENT_ID_|PROPERTY_)/.test(k))
    const theirs = annot[f].map((x: any) => x[0])
    const types = annot[f].map((x: any) => { const t = r[x[0]]?.type; return t + ' => ' + x[1] + (' ' + x[0]) })
    out += `${m}: missing ${theirs.filter((x: string) => !ours.includes(x))} | extra ${ours.filter((x) => !theirs.includes(x))} | order ${String(ours) === String(theirs)}\n`
    out += '    ' + types.join('; ') + '\n'
  }
  const { writeFileSync } = await import('node:fs')
  writeFileSync('/tmp/sdkf/out.txt', out)
})
