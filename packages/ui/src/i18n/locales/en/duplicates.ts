export default { duplicates: {} }
