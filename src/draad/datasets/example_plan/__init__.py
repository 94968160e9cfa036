"""An invented plan, brought in as people do: a document is read, looked through, taken up, published, followed."""
