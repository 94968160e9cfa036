"""An app with one kind of work that takes as many steps as it is asked, for a worker in a process of its own."""
