"""The only room that knows MkDocs: pages and artifacts in, a folder of files out."""
