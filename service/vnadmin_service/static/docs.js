SwaggerUIBundle({
  // Not relative: a page that was opened as http://user:key@host may not fetch from such an address.
  url: new URL("/openapi.json", location.origin).href,
  dom_id: "#docs",
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
