export default { cards: {} }
