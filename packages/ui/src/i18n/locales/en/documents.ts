export default { documents: {} }
