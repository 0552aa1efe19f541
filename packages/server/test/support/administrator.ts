/**
 * The first person of every test's portal, with the password “correct horse”: derived once and not for each portal, as
 * that takes a third of a second.
 */
export const administrator = {
  email: 'admin@example.com',
  storedPassword: 'scrypt$ln=15,r=8,p=3$7LeSjflQ9D29JC3RqDL5sA==$oceWi/43wHp1oe6Y3Mofy8954/YawXpKQHQX8/pPGnE=',
}
