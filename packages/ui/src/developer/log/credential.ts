import { useI18n } from 'vue-i18n'
import { boot } from '../../api/boot.ts'
import { usePeople } from '../../model/people.ts'
import { useApps } from '../apps/apps.ts'
import { useWebhooks } from '../hooks/webhooks.ts'

/** Whose a credential of the log is, in words: the title of a webhook, an application, a person. */
export function useCredentialName(): (credential: string) => string {
  const { t } = useI18n()
  const { data: hooks } = useWebhooks()
  const { data: apps } = useApps(boot.user.admin)
  const { data: people } = usePeople()
  return (credential) => {
    const [kind, rest = ''] = /^(\w+):(.*)$/.exec(credential)?.slice(1) ?? []
    if (kind === 'webhook')
      return hooks.value?.find(({ ID }) => String(ID) === rest)?.TITLE || t('developer.log.webhook', { id: rest })
    if (kind === 'app') return apps.value?.find(({ CODE }) => CODE === rest)?.TITLE ?? rest
    if (kind === 'person') return people.value?.get(Number(rest))?.name ?? `#${rest}`
    return credential === '' ? t('developer.log.nobody') : credential
  }
}
