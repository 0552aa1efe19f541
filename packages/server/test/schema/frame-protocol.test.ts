import { describe, expect, it } from 'vitest'
import { ownPath } from '../../web/open-path.ts'
import { answerText, readCommand } from '../../web/protocol.ts'

describe('messages of frames', () => {
  it('are read as SDKs write them', () => {
    expect(readCommand('getInitData:k3v9:9ecab4')).toEqual({
      name: 'getInitData',
      payload: undefined,
      key: 'k3v9',
      sid: '9ecab4',
    })
    expect(readCommand('setTitle:{"title":"a:b"}:z77:9ecab4')).toEqual({
      name: 'setTitle',
      payload: { title: 'a:b' },
      key: 'z77',
      sid: '9ecab4',
    })
    // The raw value of a field, and a single text.
    expect(readCommand('setValue:"a:b":k:s')?.payload).toBe('a:b')
    expect(readCommand('setValue:5:k:s')?.payload).toBe(5)
    const params = { text: 'x' }
    const method = 'im:setImTextareaContent'
    expect(readCommand({ method, params, callback: 'w1', appSid: 's', requestId: null })).toEqual({
      name: method,
      payload: params,
      key: 'w1',
      sid: 's',
    })
    expect(readCommand({ method, params: '', callback: 'w1', appSid: 's' })?.payload).toBeUndefined()
  })

  it('are passed over where they are something else', () => {
    const others = [
      '',
      'hello',
      'a:b',
      ':k:s',
      'a::s',
      'a:k:',
      'a:{broken:k:s',
      null,
      undefined,
      5,
      {},
      [],
      { method: 'x' },
    ]
    for (const other of others) expect(readCommand(other)).toBeUndefined()
    expect(readCommand({ method: 'x', callback: 5, appSid: 's' })).toBeUndefined()
  })

  it('are answered with JSON, or with nothing', () => {
    expect([answerText('k', { a: 1 }), answerText('k', null), answerText('k', undefined)]).toEqual([
      'k:{"a":1}',
      'k:null',
      'k:',
    ])
  })
})

describe('paths that applications open', () => {
  const origin = 'https://crm.example.com'
  const pathOf = (path: unknown): string | undefined => ownPath(path, origin)?.path

  it('are the documented ones, in a slider', () => {
    const slider = '?IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER'
    for (const path of [
      '/crm/deal/details/5/',
      '/crm/lead/details/12/',
      '/crm/type/128/details/3/',
      '/company/personal/user/1/',
      '/workgroups/group/4/',
      '/marketplace/',
      '/marketplace/app/5/',
    ])
      expect(pathOf(path)).toBe(`${path}${slider}`)
    expect(pathOf('/crm/deal/details/5/?a=1&IFRAME=N')).toBe(
      '/crm/deal/details/5/?a=1&IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER',
    )
  })

  it('may leave the documented ones through their parents, as the SDK does to say how wide the slider is', () => {
    const width = (path: string): unknown => ownPath(path, origin)?.width
    expect(pathOf('/crm/type/0/details/0/../../../../../crm/quote/list/')).toMatch(/^\/crm\/quote\/list\/\?/)
    expect(width('/crm/type/0/details/0/../../../../../x/')).toBe(1640)
    expect(width('/company/personal/user/0/groups/create/../../../../../../x/')).toBe(1200)
    expect(width('/crm/company/requisite/0/../../../../x/')).toBe(950)
    expect(width('/workgroups/group/0/card/../../../../x/')).toBe(900)
    expect(width('/crm/deal/../../x/')).toBeUndefined()
  })

  it('stay in the portal, and are pages', () => {
    for (const path of [
      '/account',
      '/crm/invoice/1/',
      'https://evil.example/crm/deal/',
      '//evil.example/crm/deal/',
      '/crm/deal/\\..\\..\\evil',
      '/crm/deal/\t/',
      '/crm/deal/../..//evil.example/',
      '/crm/deal/../../rest/user.get',
      '/crm/deal/../../logout',
      '/crm/dealers/',
      'javascript:alert(1)',
      null,
      5,
    ])
      expect([path, pathOf(path)]).toEqual([path, undefined])
  })
})
