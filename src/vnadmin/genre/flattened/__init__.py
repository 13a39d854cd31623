"""Parts of a document that lost their lines: joined on one line, or cut inside a phrase."""
