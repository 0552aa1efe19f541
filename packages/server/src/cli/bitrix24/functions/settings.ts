import { get, local, secret, standard, type TokenFunction, word } from '../function.ts'
import { tokenServer } from '../request.ts'

const clientid = word('The application’s id')
const clientsecret = secret('The application’s secret')
const server = standard(tokenServer, word('Who issues the tokens; a Portico portal does it itself'))

const getToken: TokenFunction = {
  name: 'GetToken',
  about: 'Exchange the code of a sign-in for tokens',
  options: { clientid, clientsecret, code: secret('The code from the address that the browser was sent to'), server },
  grant: {
    grant_type: () => 'authorization_code',
    client_id: 'clientid',
    client_secret: 'clientsecret',
    code: 'code',
  },
}

const refreshToken: TokenFunction = {
  name: 'RefreshToken',
  about: 'Exchange a refresh token for new tokens',
  options: { clientid, clientsecret, refresh: secret('The refresh token'), server },
  grant: {
    grant_type: () => 'refresh_token',
    client_id: 'clientid',
    client_secret: 'clientsecret',
    refresh_token: 'refresh',
  },
}

export const settings = [
  local(
    'GetAppAuthLink',
    'The address at which a person lets an application in',
    { domain: word('The portal’s domain'), clientid },
    ({ domain, clientid }) => {
      const given = String(domain).trim().replace(/\/*$/, '')
      const portal = /^https?:\/\//i.test(given) ? given : `https://${given}`
      return `${portal}/oauth/authorize/?client_id=${encodeURIComponent(String(clientid))}`
    },
  ),
  getToken,
  refreshToken,
  get('ServerTime', 'server.time', 'The time of the portal'),
]
