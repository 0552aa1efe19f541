export default { kinds: {} }
