export default { transfer: {} }
