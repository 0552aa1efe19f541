import type en from '../en/shell.ts'

export default {
  nav: {
    crm: 'CRM',
    analytics: 'Auswertungen',
    forms: 'Webformulare',
    applications: 'Anwendungen',
    settings: 'Einstellungen',
    developer: 'Entwicklung',
    account: 'Konto',
    signOut: 'Abmelden',
    theme: 'Zwischen hell und dunkel wechseln',
  },
  shell: {
    undo: 'Rückgängig',
    cancel: 'Abbrechen',
    save: 'Speichern',
    close: 'Schließen',
    delete: 'Löschen',
    retry: 'Noch einmal versuchen',
  },
  failure: {
    unreachable: 'Der Server ist nicht erreichbar. Es wurde nichts geändert; versuchen Sie es noch einmal.',
    lost: 'Es kam keine Antwort zurück. Vielleicht ist es geschehen: Sehen Sie nach, bevor Sie es noch einmal versuchen.',
    unexpected: 'Hier ist etwas schiefgegangen. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  },
  missing: {
    title: 'Hier ist nichts',
    text: 'Vielleicht ist die Adresse vertippt, oder was hier war, wurde gelöscht.',
    back: 'Zum Anfang',
  },
} satisfies typeof en
