export default {
  nav: {
    crm: 'CRM',
    analytics: 'Analytics',
    forms: 'Web forms',
    applications: 'Applications',
    settings: 'Settings',
    developer: 'Developer',
    account: 'Account',
    signOut: 'Sign out',
    theme: 'Switch between light and dark',
  },
  shell: {
    undo: 'Undo',
    cancel: 'Cancel',
    save: 'Save',
    close: 'Close',
    delete: 'Delete',
    retry: 'Try again',
  },
  failure: {
    unreachable: 'The server can’t be reached. Nothing was changed; try again.',
    lost: 'No answer came back. It may have been done: look before you try again.',
    unexpected: 'Something went wrong here. Reload the page and try again.',
  },
  missing: {
    title: 'There is nothing here',
    text: 'The address may be mistyped, or what was here has been deleted.',
    back: 'To the start',
  },
}
