import type en from '../en/settings-common.ts'

export default {
  title: 'Einstellungen',
  nav: 'Einstellungen',
  types: 'Arten von Datensätzen',
  groups: { crm: 'CRM', people: 'Personen und Rechte', control: 'Kontrolle' },
  pages: {
    stages: {
      title: 'Phasen und Pipelines',
      short: 'Der Weg von neu bis gewonnen oder verloren',
      text: 'Der Weg der Datensätze vom Anfang bis zum guten oder schlechten Ende. Ziehen ordnet um, ein Klick auf den Namen ändert ihn; alles wird sofort gespeichert.',
    },
    fields: {
      title: 'Eigene Felder',
      short: 'Zusätzliche Felder jeder Art',
      text: 'Eigene Felder neben denen, die jedes Portal hat. Sie erscheinen sofort in Karten, Listen, Filtern, Importen und der API.',
    },
    automation: {
      title: 'Automatisierung',
      short: 'Was in jeder Phase von selbst geschieht',
      text: 'Was von selbst geschieht, wenn ein Datensatz in eine Phase kommt. Die Regeln einer Phase laufen von oben nach unten, jede nach ihrer Wartezeit.',
    },
    processes: {
      title: 'Smart-Prozesse',
      short: 'Eigene Arten von Datensätzen',
      text: 'Eigene Arten von Datensätzen mit Boards, Listen, Karten und Rechten wie bei Leads und Aufträgen.',
    },
    layouts: {
      title: 'Kartenansichten',
      short: 'Abschnitte und Felder der Karten',
      text: 'Welche Abschnitte und Felder eine Karte zeigt. Angeordnet werden sie in der Karte selbst; hier nehmen Sie Anordnungen zurück.',
    },
    directories: {
      title: 'Verzeichnisse',
      short: 'Quellen, Branchen, Anreden …',
      text: 'Die Listen, aus denen ausgewählt wird: Quellen, Branchen, Arten, Anreden. Wird ein Eintrag umbenannt, gilt das in jedem Datensatz.',
    },
    currencies: {
      title: 'Währungen',
      short: 'Basiswährung, Kurse, Schreibweise',
      text: 'In welchen Währungen Beträge stehen können, was sie wert sind und wie sie geschrieben werden. Summen stehen in der Basiswährung.',
    },
    portal: {
      title: 'CRM-Modus und Portal',
      short: 'Mit oder ohne Leads; Angaben zum Portal',
      text: 'Wie das CRM mit Leads umgeht und womit dieses Portal läuft.',
    },
    users: {
      title: 'Benutzer',
      short: 'Einladen, ändern, entlassen',
      text: 'Wer hier arbeitet. Wer entlassen ist, kann sich nicht mehr anmelden; was getan wurde, bleibt.',
    },
    departments: {
      title: 'Abteilungen',
      short: 'Die Struktur des Unternehmens',
      text: 'Die Struktur des Unternehmens. Rechte können Abteilungen gegeben werden, und viele Stufen der Rechte richten sich nach ihnen.',
    },
    roles: {
      title: 'Rollen und Rechte',
      short: 'Wer was darf',
      text: 'Eine Rolle sagt, was mit welchen Datensätzen getan werden darf. Wer mehrere Rollen hat, darf, was die beste davon erlaubt.',
    },
    audit: {
      title: 'Protokoll',
      short: 'Wer was wann geändert hat',
      text: 'Wer wann und von wo aus etwas am Portal getan hat.',
    },
  },
  refused: {
    title: 'Diese Seite ist für Administratoren',
    crm: 'Sie können mit dem CRM arbeiten, seine Einstellungen ändern aber seine Administratoren. Wenden Sie sich an sie, wenn etwas anders sein soll.',
    type: 'Sie können mit dem CRM arbeiten, seine Einstellungen ändern aber seine Administratoren. Wenden Sie sich an sie, wenn etwas anders sein soll.',
    administrator:
      'Personen, Abteilungen und Rechte ändern die Administratoren des Portals. Wenden Sie sich an sie, wenn etwas anders sein soll.',
  },
  unread: 'Das konnte nicht gelesen werden',
  move: '{name} verschieben',
  moveHint: 'Ziehen, oder die Pfeiltasten nach oben und unten drücken',
  moved: '{name} ist jetzt an Stelle {place} von {of}',
  nameNeeded: 'Ein Name wird gebraucht',
  needed: 'Diese Angabe wird gebraucht',
  colour: 'Farbe',
  colourOf: 'Farbe von {name}',
  colourAny: 'Beliebige Farbe',
  colourCode: 'Code der Farbe',
  search: 'Suchen',
  nothingFound: 'Nichts heißt so',
  add: 'Hinzufügen',
  edit: 'Bearbeiten',
  more: 'Mehr',
  copy: 'Kopieren',
  copied: 'Kopiert',
  yes: 'Ja',
  no: 'Nein',
  none: 'Keine',
  unsaved: {
    title: 'Ohne Speichern verlassen?',
    text: 'Was Sie hier geändert haben, geht dann verloren.',
    leave: 'Verlassen',
    bar: 'Es gibt nicht gespeicherte Änderungen',
    discard: 'Verwerfen',
  },
} satisfies typeof en
