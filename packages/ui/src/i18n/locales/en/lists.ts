export default { lists: {} }
