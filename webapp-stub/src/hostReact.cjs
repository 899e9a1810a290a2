// Stands in for the package `react` in the bundle: the host's own, 18.2.
module.exports = /** @type {any} */ (window).React;
