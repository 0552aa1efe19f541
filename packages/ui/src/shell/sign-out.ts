import { boot } from '../api/boot.ts'

/** Ends the session, as the account pages do: by a form of the server's own. */
export function signOut(): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = '/logout'
  const field = document.createElement('input')
  field.type = 'hidden'
  field.name = 'csrf'
  field.value = boot.csrf
  form.append(field)
  document.body.append(form)
  form.submit()
}
