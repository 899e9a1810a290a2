/** The bundler puts the file's text in. */
declare module '*.svg' {
  const text: string;
  export default text;
}

declare module '*.css' {
  const text: string;
  export default text;
}
