"""The page frame and its components: tables, figures, thread, tile map, forms. Knows no domain room."""
