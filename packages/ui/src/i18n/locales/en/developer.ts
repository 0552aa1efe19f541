export default { developer: {} }
